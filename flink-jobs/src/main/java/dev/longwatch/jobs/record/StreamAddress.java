// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a stream is, and how FFmpeg is told to open it. The address is taken apart here and put together again, so that
 * FFmpeg cannot read anything else into it: no other protocol, no option, no second address. {@link #toString()} shows no
 * secret.
 */
final class StreamAddress {

    /** The ways a stream can come. */
    enum Protocol {
        RTSP("rtp,rtsp,tcp,udp", "rtsp", 554, 8),
        RTSPS("crypto,rtp,rtsp,srtp,tcp,tls,udp", "rtsp", 322, 8),
        RTMP("rtmp,tcp", "flv", 1935, 8),
        RTMPS("crypto,rtmp,rtmps,tcp,tls", "flv", 443, 8),
        /** a playlist's next file may be ten seconds away */
        HTTP("crypto,http,tcp", StreamAddress.FILES + ",hls", 80, 25),
        HTTPS("crypto,http,https,tcp,tls", StreamAddress.FILES + ",hls", 443, 25),
        SRT("srt,udp", "mpegts", 0, 8),
        UDP("udp", "mpegts", 0, 8),
        TCP("tcp", "mpegts", 0, 8),
        FILE("file", StreamAddress.FILES, 0, 8);

        private final String protocols;
        private final String formats;
        private final int port;
        private final Duration silence;

        Protocol(String protocols, String formats, int port, long silenceSeconds) {
            this.protocols = protocols;
            this.formats = formats;
            this.port = port;
            silence = Duration.ofSeconds(silenceSeconds);
        }

        /** How long nothing may come before the stream is given up. */
        Duration silence() {
            return silence;
        }

        /** Whether the other side shows a certificate. */
        boolean isSecure() {
            return this == RTSPS || this == RTMPS || this == HTTPS;
        }
    }

    private static final String FILES = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,avi,flv";

    /** Where systems keep the certificates they believe: Debian, Fedora, others. */
    private static final List<String> AUTHORITIES =
            List.of("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem");

    private static final Pattern URL = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://"
            + "(?:(?<user>[^/]*)@)?(?<host>[^/?#@:\\[\\]]*|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))?"
            + "(?<path>/[^?]*)?(?:\\?(?<query>.*))?");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");
    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cntrl}\\s\\\\|\"<>^`]");
    private static final Pattern SECRET =
            Pattern.compile("(?i)((?:pass\\w*|pwd|token|key|secret|auth|user\\w*|login)=)[^&/;]*");

    private final Protocol protocol;
    private final String host;
    private final int port;
    private final String input;
    private final String shown;
    private final Map<String, String> options;

    private StreamAddress(
            Protocol protocol, String host, int port, String input, String shown, Map<String, String> options) {
        this.protocol = protocol;
        this.host = host;
        this.port = port == 0 ? protocol.port : port;
        this.input = input;
        this.shown = shown;
        this.options = Map.copyOf(options);
    }

    /**
     * @param url {@code rtsp}, {@code rtspt} (over TCP, as {@code rtsp}), {@code rtspu} (over UDP), {@code rtsps},
     *     {@code rtmp}, {@code rtmps}, {@code http}, {@code https}, {@code srt}, {@code udp}, {@code tcp}, {@code file}, or a
     *     path; of those with TLS {@code #ca=FILE} at the end names the certificates to believe instead of the system's
     * @throws StreamException if such an address is never opened
     */
    static StreamAddress of(String url) throws StreamException {
        if (!url.contains("://") || url.startsWith("file:")) {
            return file(url);
        }
        Matcher parts = URL.matcher(url);
        if (FORBIDDEN.matcher(url).find() || !parts.matches()) {
            throw notAllowed("the address cannot be read: expected scheme://host:port/path");
        }
        String scheme = parts.group("scheme").toLowerCase(Locale.ROOT);
        Protocol protocol = protocol(scheme);
        String host = parts.group("host");
        if (protocol == Protocol.UDP && host.isEmpty()) {
            host = "0.0.0.0";
        }
        if (!HOST.matcher(host).matches()) {
            throw notAllowed("the address names no host: expected " + scheme + "://host:port/path");
        }
        int port = parts.group("port") == null ? 0 : Integer.parseInt(parts.group("port"));
        boolean portNeeded = protocol == Protocol.UDP || protocol == Protocol.TCP || protocol == Protocol.SRT;
        if (port > 65_535 || (portNeeded && port == 0)) {
            throw notAllowed("the address needs a port between 1 and 65535: " + scheme + "://host:port");
        }
        boolean udpBased = protocol == Protocol.UDP || protocol == Protocol.SRT;
        String place = host + (port == 0 ? "" : ":" + port);
        String path = parts.group("path") == null ? "" : parts.group("path");
        String query = parts.group("query") == null ? "" : parts.group("query");
        String certificates = authorities();
        if (protocol.isSecure() && (path + query).indexOf('#') >= 0) {
            String behind = path + (query.isEmpty() ? "" : "?" + query);
            certificates = certificates(behind.substring(behind.indexOf('#') + 1));
            behind = behind.substring(0, behind.indexOf('#'));
            int mark = behind.indexOf('?');
            path = mark < 0 ? behind : behind.substring(0, mark);
            query = mark < 0 ? "" : behind.substring(mark + 1);
        }
        String user = parts.group("user") == null ? "" : escaped(parts.group("user")) + "@";
        Map<String, String> options = options(scheme, protocol);
        if (protocol.isSecure()) {
            // FFmpeg believes any certificate unless told
            options.put("tls_verify", "1");
            options.put("ca_file", certificates);
        }
        String name = protocol == Protocol.RTSP ? "rtsp" : scheme;
        String shown = name + "://" + place + shownPath(protocol, path);
        if (portNeeded) {
            if (protocol == Protocol.SRT) {
                options.putAll(srtOptions(query));
            } else if (!query.isEmpty()) {
                throw notAllowed("the address has options after '?', and " + scheme + " takes none");
            }
            return new StreamAddress(protocol, host, udpBased ? 0 : port, name + "://" + place, shown, options);
        }
        String whole = name + "://" + user + place + path + (query.isEmpty() ? "" : "?" + query);
        return new StreamAddress(protocol, host, port, whole, shown, options);
    }

    Protocol protocol() {
        return protocol;
    }

    /** Of the machine; 0 when there is no connection that could be tried. */
    int port() {
        return port;
    }

    /** Empty for a file. */
    String host() {
        return host;
    }

    /** For FFmpeg alone: holds the password. */
    String input() {
        return input;
    }

    /** FFmpeg's options to open it with; some hold secrets. */
    Map<String, String> options() {
        return options;
    }

    /** Without user, password and whatever else may be secret. */
    @Override
    public String toString() {
        return shown;
    }

    private static StreamAddress file(String url) throws StreamException {
        String path;
        try {
            path = url.startsWith("file:") ? Path.of(URI.create(url)).toString() : url;
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw notAllowed("the address is no file's: expected a path or file:///path");
        }
        if (path.isEmpty() || path.indexOf('\0') >= 0) {
            throw notAllowed("the address is empty");
        }
        // the prefix keeps FFmpeg from reading a protocol into the name
        return new StreamAddress(Protocol.FILE, "", 0, "file:" + path, path, options("file", Protocol.FILE));
    }

    private static Protocol protocol(String scheme) throws StreamException {
        return switch (scheme) {
            case "rtsp", "rtspt", "rtspu" -> Protocol.RTSP;
            case "rtsps" -> Protocol.RTSPS;
            case "rtmp" -> Protocol.RTMP;
            case "rtmps" -> Protocol.RTMPS;
            case "http" -> Protocol.HTTP;
            case "https" -> Protocol.HTTPS;
            case "srt" -> Protocol.SRT;
            case "udp" -> Protocol.UDP;
            case "tcp" -> Protocol.TCP;
            default ->
                throw notAllowed(
                        "addresses of " + scheme
                                + " are never opened: expected rtsp, rtspu, rtsps, rtmp, rtmps, http, https, srt, udp, tcp or file");
        };
    }

    private static Map<String, String> options(String scheme, Protocol protocol) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("protocol_whitelist", protocol.protocols);
        options.put("format_whitelist", protocol.formats);
        String silenceMicros = Long.toString(protocol.silence().toMillis() * 1_000);
        switch (protocol) {
            case RTSP, RTSPS -> {
                options.put("rtsp_transport", scheme.equals("rtspu") ? "udp" : "tcp");
                options.put("allowed_media_types", "video");
                options.put("timeout", silenceMicros);
            }
            // announced sound that never comes would be waited for
            case RTMP, RTMPS -> options.put("rtmp_live", "live");
            case UDP -> {
                options.put("fifo_size", "50000");
                options.put("overrun_nonfatal", "1");
                options.put("timeout", silenceMicros);
            }
            case TCP -> options.put("timeout", silenceMicros);
            default -> {}
        }
        return options;
    }

    /** Our FFmpeg was built elsewhere and looks for certificates there. */
    private static String authorities() {
        return AUTHORITIES.stream()
                .filter(file -> Files.isReadable(Path.of(file)))
                .findFirst()
                .orElse(AUTHORITIES.get(0));
    }

    private static String certificates(String fragment) throws StreamException {
        if (!fragment.startsWith("ca=/")) {
            throw notAllowed(
                    "the address ends in '#', and behind that only ca=/path/of/certificates.pem is understood");
        }
        String file = fragment.substring("ca=".length());
        if (Certificates.in(file).isEmpty()) {
            throw notAllowed(
                    file + " holds no certificate that could be read: expected PEM, '-----BEGIN CERTIFICATE-----'");
        }
        return file;
    }

    private static Map<String, String> srtOptions(String query) throws StreamException {
        Map<String, String> options = new LinkedHashMap<>();
        for (String each : query.split("&")) {
            int equals = each.indexOf('=');
            String key = equals < 0 ? each : each.substring(0, equals);
            String value = equals < 0 ? "" : each.substring(equals + 1);
            switch (key) {
                case "streamid" -> options.put("srt_streamid", value);
                case "passphrase" -> options.put("passphrase", value);
                case "latency" -> options.put("latency", microseconds(value));
                case "", "mode" -> {
                    if (!value.isEmpty() && !value.equals("caller")) {
                        throw notAllowed("srt streams are called: expected mode=caller, or no mode");
                    }
                }
                default ->
                    throw notAllowed("srt addresses take streamid, passphrase and latency after '?', nothing else");
            }
        }
        return options;
    }

    private static String microseconds(String millis) throws StreamException {
        if (!millis.matches("[0-9]{1,5}")) {
            throw notAllowed("srt's latency is a number of milliseconds below 100000");
        }
        return millis + "000";
    }

    /** The key of a stream that is published stands in the path. */
    private static String shownPath(Protocol protocol, String path) {
        String shown = SECRET.matcher(path).replaceAll("$1***");
        int last = shown.lastIndexOf('/');
        boolean keyed = (protocol == Protocol.RTMP || protocol == Protocol.RTMPS) && last > 0;
        return keyed ? shown.substring(0, last) + "/***" : shown;
    }

    /** Passwords are typed as they are; what was escaped already stays. */
    private static String escaped(String user) {
        StringBuilder escaped = new StringBuilder();
        byte[] bytes = user.getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean escape = c == '%' && i + 2 < bytes.length && isHex(bytes[i + 1]) && isHex(bytes[i + 2]);
            if (escape || c == ':' || c == '-' || c == '.' || c == '_' || c == '~' || isAlphanumeric(c)) {
                escaped.append(c);
            } else {
                escaped.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return escaped.toString();
    }

    private static boolean isHex(byte c) {
        return Character.digit(c, 16) >= 0;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static StreamException notAllowed(String sentence) {
        return new StreamException(Condition.NOT_ALLOWED, sentence);
    }
}
