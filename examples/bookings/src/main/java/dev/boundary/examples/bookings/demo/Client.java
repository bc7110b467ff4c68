package dev.boundary.examples.bookings.demo;

import dev.boundary.examples.bookings.service.Club;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks HTTP to the service under any Host header, which the JDK's client would not let us choose. */
final class Client {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final int port;

    Client(int port) {
        this.port = port;
    }

    /** A status and what came with it. */
    record Answer(int status, JsonNode body) {}

    Answer get(Club club, String path) throws IOException {
        return send(host(club), "GET", path, "");
    }

    Answer post(Club club, String path, String json) throws IOException {
        return send(host(club), "POST", path, json);
    }

    Answer delete(Club club, String path) throws IOException {
        return send(host(club), "DELETE", path, "");
    }

    Answer send(String host, String method, String path, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
            out.flush();
            return answer(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
        }
    }

    private static Answer answer(BufferedReader in) throws IOException {
        String status = in.readLine();
        if (status == null) {
            throw new IOException("The service closed the connection without an answer");
        }
        boolean chunked = false;
        for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
            chunked |= header.equalsIgnoreCase("Transfer-Encoding: chunked");
        }
        if (chunked) {
            throw new IOException("The service answered in chunks, which this small client does not read");
        }
        String body = in.lines().collect(Collectors.joining("\n"));
        return new Answer(Integer.parseInt(status.split(" ", 3)[1]), JSON.readTree(body));
    }

    private static String host(Club club) {
        return club.subdomain() + ".localhost";
    }
}
