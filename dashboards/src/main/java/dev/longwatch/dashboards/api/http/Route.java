// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * One thing that can be asked for.
 *
 * @param method how
 * @param path where, with {@code {names}} for what varies
 * @param handler what answers
 * @param open whether it answers everybody, token or not
 */
public record Route(HandlerType method, String path, Handler handler, boolean open) {

    public static Route get(String path, Handler handler) {
        return new Route(HandlerType.GET, path, handler, false);
    }

    public static Route post(String path, Handler handler) {
        return new Route(HandlerType.POST, path, handler, false);
    }

    public static Route put(String path, Handler handler) {
        return new Route(HandlerType.PUT, path, handler, false);
    }

    public static Route patch(String path, Handler handler) {
        return new Route(HandlerType.PATCH, path, handler, false);
    }

    public static Route delete(String path, Handler handler) {
        return new Route(HandlerType.DELETE, path, handler, false);
    }

    /** The same, for everybody. */
    public Route toEverybody() {
        return new Route(method, path, handler, true);
    }
}
