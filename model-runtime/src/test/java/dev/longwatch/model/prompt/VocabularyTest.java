// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {

    @TempDir
    Path checkpoint;

    private Vocabulary read(String vocab, String added) throws IOException {
        Path file = checkpoint.resolve(Tokenizer.FILE_NAME);
        Files.writeString(
                file,
                "{\"version\": \"1.0\", \"added_tokens\": [" + added + "], \"decoder\": {\"type\": \"ByteLevel\"},"
                        + " \"model\": {\"type\": \"BPE\", \"vocab\": {" + vocab + "}, \"merges\": [[\"a\", \"b\"]]}}");
        return Vocabulary.read(file);
    }

    @Test
    void tokensOfTheByteLevelAlphabetAreBytes() throws IOException {
        Vocabulary vocabulary = read("\"\u0120the\": 0, \"\u00e9\": 2, \"\u010a\": 3, \"\u0143\": 4", "");
        assertThat(vocabulary.size()).isEqualTo(5);
        assertThat(vocabulary.bytes(0)).isEqualTo(" the".getBytes(StandardCharsets.UTF_8));
        assertThat(vocabulary.bytes(1)).as("no token").isEmpty();
        assertThat(vocabulary.bytes(2)).containsExactly(0xe9);
        assertThat(vocabulary.bytes(3)).containsExactly('\n');
        assertThat(vocabulary.bytes(4))
                .as("the soft hyphen, last of the substitutes")
                .containsExactly(0xad);
    }

    @Test
    void anAddedTokenIsPlainTextEvenWhereItAlsoStandsInTheVocabulary() throws IOException {
        Vocabulary vocabulary = read("\"a\": 0, \"<end of text>\": 1", "{\"id\": 1, \"content\": \"<end of text>\"}");
        assertThat(vocabulary.bytes(1)).isEqualTo("<end of text>".getBytes(StandardCharsets.UTF_8));
        assertThat(vocabulary.ids()).containsEntry("<end of text>", 1).containsEntry("a", 0);
        assertThat(vocabulary.added()).containsOnlyKeys("<end of text>");
    }

    @Test
    void aTokenWithoutANumberIsNamed() {
        assertThatThrownBy(() -> read("\"a\": \"0\"", ""))
                .hasMessageEndingWith("tokenizer.json: token a: expected an id, found none");
        assertThatThrownBy(() -> read("", "")).hasMessageEndingWith("expected tokens in model.vocab, found none");
    }
}
