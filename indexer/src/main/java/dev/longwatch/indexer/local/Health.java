// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;

/** Whether a server on this machine answers. Plain {@code java.*}, so that the keeper needs no library. */
final class Health {

    private static final int MILLIS = 6_000;

    private Health() {}

    static boolean isGood(int port) {
        try {
            URI address = URI.create("http://127.0.0.1:" + port + "/_cluster/health?wait_for_status=yellow&timeout=5s");
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(MILLIS);
            connection.setReadTimeout(MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }
}
