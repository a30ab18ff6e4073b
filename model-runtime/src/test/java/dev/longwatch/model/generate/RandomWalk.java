// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Someone who writes a text sign by sign, taking any that is viable, as a model with random weights would. */
final class RandomWalk {

    private static final int TOO_LONG = 20_000;

    private RandomWalk() {}

    static void overManySeeds(Grammar grammar, String signs) {
        for (int seed = 0; seed < 200; seed++) {
            take(grammar, signs, new Random(seed));
        }
    }

    /** Writes until the grammar is finished. */
    static String take(Grammar grammar, String signs, Random random) {
        StringBuilder text = new StringBuilder();
        while (!grammar.finished(text.toString())) {
            List<Character> viable = new ArrayList<>();
            for (char sign : signs.toCharArray()) {
                if (grammar.viable(text.toString() + sign)) {
                    viable.add(sign);
                }
            }
            assertThat(viable).as("a dead end after <%s>", text).isNotEmpty();
            text.append(viable.get(random.nextInt(viable.size())));
            assertThat(text.length()).as("too long to be an answer").isLessThan(TOO_LONG);
        }
        assertThat(grammar.complete(text.toString())).isTrue();
        return text.toString();
    }
}
