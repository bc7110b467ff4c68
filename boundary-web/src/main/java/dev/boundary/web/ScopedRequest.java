package dev.boundary.web;

import dev.boundary.core.TenantContext;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A request whose asynchronous tasks keep the scope of the code that starts them. */
final class ScopedRequest extends HttpServletRequestWrapper {

    ScopedRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public AsyncContext startAsync() {
        return new ScopedAsyncContext(super.startAsync());
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return new ScopedAsyncContext(super.startAsync(request, response));
    }

    @Override
    @SuppressWarnings("NullAway") // a mock of a request has none where a container throws
    public AsyncContext getAsyncContext() {
        AsyncContext started = super.getAsyncContext();
        return started == null ? null : new ScopedAsyncContext(started);
    }

    private record ScopedAsyncContext(AsyncContext context) implements AsyncContext {

        @Override
        public void start(Runnable task) {
            context.start(TenantContext.wrap(task));
        }

        @Override
        public ServletRequest getRequest() {
            return context.getRequest();
        }

        @Override
        public ServletResponse getResponse() {
            return context.getResponse();
        }

        @Override
        public boolean hasOriginalRequestAndResponse() {
            return context.hasOriginalRequestAndResponse();
        }

        @Override
        public void dispatch() {
            context.dispatch();
        }

        @Override
        public void dispatch(String path) {
            context.dispatch(path);
        }

        @Override
        public void dispatch(ServletContext target, String path) {
            context.dispatch(target, path);
        }

        @Override
        public void complete() {
            context.complete();
        }

        @Override
        public void addListener(AsyncListener listener) {
            context.addListener(listener);
        }

        @Override
        public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
            context.addListener(listener, request, response);
        }

        @Override
        public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
            return context.createListener(type);
        }

        @Override
        public void setTimeout(long milliseconds) {
            context.setTimeout(milliseconds);
        }

        @Override
        public long getTimeout() {
            return context.getTimeout();
        }
    }
}
