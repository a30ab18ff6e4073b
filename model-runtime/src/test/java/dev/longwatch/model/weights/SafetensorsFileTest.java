// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.model.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {

    private static final String TWO =
            """
            {"__metadata__":{"format":"pt"},
             "a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},
             "b":{"dtype":"BF16","shape":[3],"data_offsets":[16,22]}}""";

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("model.safetensors");
    }

    @Test
    void tensorsLieBehindTheHeader() throws IOException {
        SafetensorsWriter.write(file, TWO, new byte[22]);

        SafetensorsFile read = SafetensorsFile.read(file);

        long dataStart = Files.size(file) - 22;
        assertThat(read.tensors())
                .containsOnlyKeys("a", "b")
                .containsEntry("a", new TensorEntry("a", TensorEntry.Type.F32, List.of(2L, 2L), file, dataStart))
                .containsEntry("b", new TensorEntry("b", TensorEntry.Type.BF16, List.of(3L), file, dataStart + 16));
    }

    @Test
    void aFileCutShortIsRefusedByTheTensorThatIsMissing() throws IOException {
        SafetensorsWriter.write(file, TWO, new byte[22]);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));

        assertRefused("tensor b claims bytes 16 to 22 of 21");
    }

    @Test
    void aFileCutInsideItsHeaderIsRefused() throws IOException {
        SafetensorsWriter.write(file, TWO, new byte[22]);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 40));

        assertRefused("does not fit a file of 40 bytes");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Files.createFile(file);

        assertRefused("found 0 bytes");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, -1, 100_000_001, 3})
    void aHeaderLengthThatCannotBeIsRefusedBeforeAnyOfItIsRead(long length) {
        SafetensorsWriter.write(file, length, "{}".getBytes(StandardCharsets.UTF_8), new byte[0]);

        assertRefused("header length " + Long.toUnsignedString(length));
    }

    @Test
    void overlappingTensorsAreRefusedByBothNames() {
        write(
                """
                {"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},
                 "b":{"dtype":"F16","shape":[2],"data_offsets":[14,18]}}""",
                18);

        assertRefused("tensors a and b overlap");
    }

    @Test
    void aShapeThatDoesNotMakeUpItsBytesIsRefused() {
        write("{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,12]}}", 12);

        assertRefused("tensor a of shape [4] in F32 needs 16 bytes, found 12");
    }

    @Test
    void aShapeBeyondAllNumbersIsRefused() {
        write("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}", 0);

        assertRefused("tensor a: its shape does not fit any file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[-1,3]", "[0.5,4]", "[0,99999999999999999999]", "[0]", "7", "[4,0]"})
    void offsetsThatAreNoOffsetsAreRefused(String offsets) {
        write("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":" + offsets + "}}", 8);

        assertRefused("tensor a");
    }

    @Test
    void aNumberFormatThatIsNotReadIsNamed() {
        write("{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8);

        assertRefused("tensor a has dtype 'I64', expected F32, F16 or BF16");
    }

    @Test
    void aTensorNamedTwiceIsRefused() {
        write(
                """
                {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},
                 "a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
                8);

        assertRefused("Duplicate field 'a'");
    }

    @Test
    void aPickleByAnotherNameIsRefused() throws IOException {
        Files.write(file, new byte[] {(byte) 0x80, 2, '}', 'q', 0, '.', 0, 0, 0, 0, 0, 0});

        assertRefused("header length");
    }

    private void write(String header, int bytes) {
        SafetensorsWriter.write(file, header, new byte[bytes]);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> SafetensorsFile.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }
}
