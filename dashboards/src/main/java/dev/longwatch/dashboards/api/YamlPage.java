// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A page of description that stands beside a class in the jar, written in YAML. */
public final class YamlPage {

    private YamlPage() {}

    /** @param name of the page, from where {@code beside} stands */
    public static JsonNode read(Class<?> beside, String name) {
        try (InputStream yaml = beside.getResourceAsStream(name)) {
            if (yaml == null) {
                throw new IllegalStateException("the page " + name + " beside " + beside + " is not in this jar");
            }
            return new ObjectMapper()
                    .valueToTree(new Load(LoadSettings.builder().setLabel(name).build()).loadFromInputStream(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
