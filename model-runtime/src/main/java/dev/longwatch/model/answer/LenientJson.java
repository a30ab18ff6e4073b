// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JSON in what a model writes: fenced or bare, with words before and after, as lenient as models err. */
final class LenientJson {

    /** Takes commas at the end, single quotes, raw newlines. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(
                    JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES,
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                    JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .build();

    private static final Pattern OPENING = Pattern.compile("[\\[{]");

    private LenientJson() {}

    /** From the first list or object on; nothing when there is none. */
    static Optional<JsonParser> in(String text) throws IOException {
        Matcher opening = OPENING.matcher(text);
        return opening.find(Math.max(0, text.indexOf("```")))
                ? Optional.of(MAPPER.createParser(text.substring(opening.start())))
                : Optional.empty();
    }
}
