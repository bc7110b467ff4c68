package dev.boundary.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.FixedRegistry;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistry;
import dev.boundary.core.registry.TenantState;
import dev.boundary.web.jwt.BearerTokens;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filter in a real server, with requests written as bytes. */
class TenantFilterTest {

    private static final TenantRegistry REGISTRY = new FixedRegistry(
            List.of(
                    new Tenant(TenantKey.of(1L), new Slug("acme"), "Acme"),
                    new Tenant(TenantKey.of(2L), new Slug("globex"), "Globex"),
                    new Tenant(TenantKey.of(3L), new Slug("late"), "Late").in(TenantState.SUSPENDED)),
            Map.of());

    private static final BearerTokens TOKENS = BearerTokens.sharedSecret(new byte[32])
            .issuer("https://login.example.com")
            .audience("shop")
            .build();

    @SuppressWarnings("NullAway.Init")
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        server = new Server(0);
        ServletContextHandler servlets = new ServletContextHandler("/shop");
        TenantRegistry registry = REGISTRY;
        // @start region="filter"
        TenantResolution resolution = TenantResolution.builder(registry)
                .resolver(TenantResolvers.platformAt("admin.localhost"))
                .resolver(TenantResolvers.subdomainOf("localhost"))
                .resolver(TenantResolvers.pathAfter("/t/"))
                .optionalTokenGuard("tenant", ReferenceFormat.slug())
                .platform(request -> true)
                .build();
        TenantFilter filter = new TenantFilter(resolution, TenantFilterTest::verifiedClaims);
        // @end
        servlets.addFilter(
                new FilterHolder(filter),
                "/*",
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        TenantFilter membersOnly = new TenantFilter(TenantResolution.builder(registry)
                .resolver(TenantResolvers.subdomainOf("localhost"))
                .members((caller, tenant) -> false)
                .build());
        servlets.addFilter(
                new FilterHolder(membersOnly),
                "/members/*",
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        ServletHolder holder = new ServletHolder(new Echo());
        holder.setAsyncSupported(true);
        servlets.addServlet(holder, "/*");
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.addErrorPage(418, "/error-page");
        servlets.setErrorHandler(errors);
        server.setHandler(servlets);
        server.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    /** Stands in for the verification of tokens. */
    private static Optional<Map<String, Object>> verifiedClaims(HttpServletRequest request) {
        String tenant = request.getHeader("X-Token");
        return tenant == null
                ? TOKENS.claims(Collections.list(request.getHeaders("Authorization")))
                : Optional.of(Map.of("tenant", tenant));
    }

    /** Answers with the scope that it runs in, reached in the way that the path selects. */
    private static final class Echo extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            switch (Objects.requireNonNull(request.getPathInfo())) {
                case "/async" -> {
                    AsyncContext async = request.startAsync();
                    async.start(() -> {
                        echo(response);
                        async.complete();
                    });
                }
                case "/async-again" -> {
                    request.startAsync(request, response);
                    AsyncContext async = request.getAsyncContext();
                    async.start(() -> {
                        echo(response);
                        async.complete();
                    });
                }
                case "/dispatch" -> {
                    if (request.getDispatcherType() == DispatcherType.ASYNC) {
                        echo(response);
                    } else {
                        AsyncContext async = request.startAsync();
                        Thread.ofPlatform().start(async::dispatch); // a thread without a scope
                    }
                }
                case "/io" -> throw new IOException("disk");
                case "/servlet" -> throw new ServletException("broken");
                case "/teapot" -> response.sendError(418);
                default -> echo(response);
            }
        }

        private static void echo(HttpServletResponse response) {
            try {
                response.getOutputStream()
                        .print("scope="
                                + TenantContext.current().map(Object::toString).orElse("none"));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String send(String path, String... headers) throws IOException {
        int port = ((ServerConnector) Objects.requireNonNull(server.getConnectors()[0])).getLocalPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET /shop" + path + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    @ParameterizedTest
    @CsvSource({"/", "/async", "/async-again", "/dispatch", "/teapot"})
    void everyDispatchRunsInTheScopeOfTheTenant(String path) throws IOException {
        assertThat(send(path, "Host: acme.localhost:80")).contains("scope=tenant 1");
        assertThat(send(path, "Host: globex.localhost")).contains("scope=tenant 2");
    }

    @Test
    void concurrentRequestsOfTwoTenantsStaySeparate() {
        List<String> answers = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> {
                    try {
                        String path = i % 2 == 0 ? "/async" : "/dispatch";
                        return i % 3 + send(path, i % 3 == 0 ? "Host: acme.localhost" : "Host: globex.localhost");
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
        assertThat(answers)
                .allMatch(answer -> answer.contains(answer.startsWith("0") ? "scope=tenant 1" : "scope=tenant 2"));
    }

    @ParameterizedTest
    @CsvSource({
        "nobody.localhost, 404",
        "localhost, 404",
        "late.localhost, 403",
        "acme.localhost@globex.localhost, 400",
        "'acme.localhost, globex.localhost', 400"
    })
    void aRequestWithoutAnActiveTenantIsRefused(String host, int status) throws IOException {
        assertThat(send("/", "Host: " + host))
                .startsWith("HTTP/1.1 " + status)
                .doesNotContain("scope=")
                .doesNotContainIgnoringCase("suspended");
    }

    @Test
    void refusesTwoHosts() throws IOException {
        assertThat(send("/", "Host: acme.localhost", "Host: globex.localhost")).startsWith("HTTP/1.1 400");
    }

    @Test
    void readsThePathBelowTheContextPath() throws IOException {
        assertThat(send("/t/acme/x", "Host: localhost")).contains("scope=tenant 1");
        assertThat(send("/t/%61cme/x", "Host: localhost")).startsWith("HTTP/1.1 404");
    }

    @Test
    void eachFilterResolvesTheTenantItself() throws IOException {
        assertThat(send("/", "Host: acme.localhost")).contains("scope=tenant 1");
        assertThat(send("/members/x", "Host: acme.localhost"))
                .startsWith("HTTP/1.1 403")
                .doesNotContain("scope=");
    }

    @Test
    void readsTheHostOfAnHttp2RequestWithoutAHostHeader() {
        assertThat(new ServletRequestView(request("HTTP/2.0"), Optional.empty()).host())
                .isEqualTo("acme.localhost");
        assertThat(new ServletRequestView(request("HTTP/1.0"), Optional.empty()).host())
                .isEmpty();
    }

    @Test
    void aRequestWithoutAnAsyncContextReturnsNone() {
        assertThat((Object) new ScopedRequest(request("HTTP/1.1")).getAsyncContext())
                .isNull();
    }

    /** Like a mock of a test library: without headers, and null where a container throws. */
    private static HttpServletRequest request(String protocol) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProtocol" -> protocol;
                    case "getServerName" -> "acme.localhost";
                    case "getHeaders" -> Collections.emptyEnumeration();
                    default -> null;
                });
    }

    @Test
    void theTokenMustBeForTheTenantOfTheRequest() throws IOException {
        assertThat(send("/", "Host: acme.localhost", "X-Token: acme")).contains("scope=tenant 1");
        assertThat(send("/", "Host: acme.localhost", "X-Token: globex")).startsWith("HTTP/1.1 403");
    }

    @Test
    void anInvalidTokenIsUnauthorized() throws IOException {
        assertThat(send("/", "Host: acme.localhost", "Authorization: bearer forged"))
                .startsWith("HTTP/1.1 401")
                .contains("WWW-Authenticate: Bearer error=\"invalid_token\"")
                .doesNotContain("scope=");
        assertThat(send("/", "Host: acme.localhost", "Authorization: Bearer x", "Authorization: Bearer x"))
                .startsWith("HTTP/1.1 400");
        assertThat(send("/", "Host: acme.localhost", "Authorization: Basic YTpi"))
                .contains("scope=tenant 1");
    }

    @Test
    void aPlatformRequestRunsWithoutAScope() throws IOException {
        assertThat(send("/", "Host: admin.localhost")).contains("scope=none");
        assertThat(send("/dispatch", "Host: admin.localhost")).contains("scope=none");
    }

    @Test
    void passesOnErrorsOfTheService() throws IOException {
        assertThat(send("/io", "Host: acme.localhost"))
                .startsWith("HTTP/1.1 500")
                .contains("disk");
        assertThat(send("/servlet", "Host: acme.localhost"))
                .startsWith("HTTP/1.1 500")
                .contains("broken");
    }
}
