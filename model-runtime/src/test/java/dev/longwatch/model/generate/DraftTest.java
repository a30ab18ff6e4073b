// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {

    private static final Grammar ANYTHING = new Grammar() {
        @Override
        public boolean viable(String prefix) {
            return true;
        }

        @Override
        public boolean complete(String text) {
            return true;
        }

        @Override
        public boolean finished(String text) {
            return false;
        }
    };

    @ParameterizedTest
    @ValueSource(strings = {"a", "ä", "€", "猫", "🚗", "\u0800", "\ud7ff", "\ue000", "\ud800\udc00", "\udbff\udfff"})
    void aCharacterMayComeByteByByte(String character) {
        Draft draft = Draft.EMPTY;
        byte[] bytes = character.getBytes(StandardCharsets.UTF_8);

        for (int i = 0; i < bytes.length; i++) {
            draft = draft.with(new byte[] {bytes[i]}).orElseThrow();
            assertThat(draft.isViable(ANYTHING)).isTrue();
            assertThat(draft.isWhole()).isEqualTo(i == bytes.length - 1);
        }

        assertThat(draft.text()).isEqualTo(character);
    }

    @Test
    void aTokenMayEndOneCharacterAndBeginAnother() {
        byte[] bytes = "é€".getBytes(StandardCharsets.UTF_8);

        Draft half = Draft.EMPTY.with(Arrays.copyOf(bytes, 3)).orElseThrow();
        Draft whole = half.with(Arrays.copyOfRange(bytes, 3, bytes.length)).orElseThrow();

        assertThat(half.text()).isEqualTo("é");
        assertThat(whole).extracting(Draft::text, Draft::isWhole).containsExactly("é€", true);
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertThat(Draft.EMPTY.with(new byte[] {(byte) 0x80})).isEmpty();
        assertThat(Draft.EMPTY.with(new byte[] {(byte) 0xff})).isEmpty();
        assertThat(Draft.EMPTY.with(new byte[] {(byte) 0xe2}).orElseThrow().with(new byte[] {'a'}))
                .isEmpty();
    }

    @Test
    void theFirstByteOfACharacterIsNotViableWhereTheGrammarWantsAscii() {
        Draft draft = Draft.EMPTY.with(new byte[] {(byte) 0xe2}).orElseThrow();

        assertThat(draft.isViable(new GroundingGrammar(10))).isFalse();
        assertThat(draft.isViable(ANYTHING)).isTrue();
    }
}
