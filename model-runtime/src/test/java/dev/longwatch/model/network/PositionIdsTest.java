// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.model.pixels.PatchGrid;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden vectors of spec sections 9.2 and 9.3, column CANON. */
class PositionIdsTest {

    private static final int TEXT = 1;
    private static final int VISION_START = 2;
    private static final int VISION_END = 3;
    private static final int IMAGE = 4;
    private static final int VIDEO = 5;

    private static int[] pads(int pad, int count) {
        return IntStream.generate(() -> pad).limit(count).toArray();
    }

    private static int[] prompt(Object... parts) {
        return Arrays.stream(parts)
                .flatMapToInt(part -> part instanceof int[] pads ? Arrays.stream(pads) : IntStream.of((Integer) part))
                .toArray();
    }

    private static PositionIds positions(int[] tokens, VisualBlock... blocks) {
        return PositionIds.of(tokens, IMAGE, VIDEO, 2, List.of(blocks));
    }

    private static int[] ints(String spaced) {
        return Arrays.stream(spaced.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "1.0,   4 6 8 10 12 14 16 18,   19, -33",
        "0.5,   4 5 6 7 8 9 10 11,      12, -40",
        "0.999, 4 5 7 9 11 13 15 17,    18, -34",
        "1.5,   4 7 10 13 16 19 22 25,  26, -26"
    })
    void timeIdsFollowTheSecondsOfEachTemporalPatch(double secondsPerGrid, String times, int after, int delta) {
        PatchGrid grid = new PatchGrid(8, 4, 6);
        int[] tokens = prompt(TEXT, TEXT, TEXT, VISION_START, pads(VIDEO, 48), VISION_END, TEXT, TEXT, TEXT);

        PositionIds positions = positions(tokens, VisualBlock.evenVideo(grid, secondsPerGrid, 2));

        int[] time = positions.ids()[0];
        assertThat(IntStream.range(0, 8).map(patch -> time[4 + 6 * patch]).toArray())
                .isEqualTo(ints(times));
        for (int[] axis : positions.ids()) {
            assertThat(Arrays.copyOfRange(axis, 52, 56)).containsExactly(after, after + 1, after + 2, after + 3);
        }
        assertThat(positions.ropeDelta()).isEqualTo(delta);
        assertThat(positions.next()).isEqualTo(after + 4);
    }

    @Test
    void anImageAndAVideoStandInOnePrompt() {
        int[] tokens = prompt(
                TEXT, VISION_START, pads(IMAGE, 4), VISION_END, TEXT, VISION_START, pads(VIDEO, 12), VISION_END, TEXT);

        PositionIds positions = positions(
                tokens, VisualBlock.image(new PatchGrid(1, 4, 4)), VisualBlock.evenVideo(new PatchGrid(2, 4, 6), 1, 2));

        assertThat(positions.ids()[0]).isEqualTo(ints("0 1 2 2 2 2 4 5 6 7 7 7 7 7 7 9 9 9 9 9 9 10 11"));
        assertThat(positions.ids()[1]).isEqualTo(ints("0 1 2 2 3 3 4 5 6 7 7 7 8 8 8 7 7 7 8 8 8 10 11"));
        assertThat(positions.ids()[2]).isEqualTo(ints("0 1 2 3 2 3 4 5 6 7 8 9 7 8 9 7 8 9 7 8 9 10 11"));
        assertThat(positions.ropeDelta()).isEqualTo(-11);
    }

    @Test
    void aQwen2VideoCountsItsTemporalPatches() {
        int[] tokens = prompt(pads(TEXT, 7), pads(VIDEO, 12), VISION_END, TEXT);
        PositionIds positions = positions(tokens, VisualBlock.countedVideo(new PatchGrid(2, 4, 6)));
        assertThat(positions.ids()[0]).isEqualTo(ints("0 1 2 3 4 5 6 7 7 7 7 7 7 8 8 8 8 8 8 10 11"));
    }

    @Test
    void textBeforeAnImageCountsFromZero() {
        int[] tokens = prompt(TEXT, TEXT, VISION_START, pads(IMAGE, 4), VISION_END, TEXT);
        PositionIds positions = positions(tokens, VisualBlock.image(new PatchGrid(1, 4, 4)));
        assertThat(positions.ids()[0]).isEqualTo(ints("0 1 2 3 3 3 3 5 6"));
        assertThat(positions.ropeDelta()).isEqualTo(-2);
    }

    @Test
    void secondsAreMultipliedInFloat32AndCutOff() {
        double[] uneven = {0, 0.4999999, 0.5, 0.7, 2.9999999999, 8.25};
        PositionIds positions = positions(pads(VIDEO, 6), VisualBlock.video(new PatchGrid(6, 2, 2), uneven, 2));
        // in float32 2.9999999999 is 3
        assertThat(positions.ids()[0]).containsExactly(0, 0, 1, 1, 6, 16);
    }

    @Test
    void evenSecondsGiveTheIdsOfEvenSpacing() {
        PatchGrid grid = new PatchGrid(64, 2, 2);
        double spacing = 2 / 1.99578;
        double[] seconds =
                IntStream.range(0, 64).mapToDouble(patch -> patch * spacing).toArray();
        int[] tokens = pads(VIDEO, 64);
        assertThat(positions(tokens, VisualBlock.video(grid, seconds, 2)).ids()[0])
                .isEqualTo(positions(tokens, VisualBlock.evenVideo(grid, spacing, 2))
                        .ids()[0]);
    }

    @Test
    void tooFewPadsAreRefused() {
        VisualBlock block = VisualBlock.image(new PatchGrid(1, 4, 4));
        assertThatThrownBy(() -> positions(prompt(TEXT, pads(IMAGE, 3), TEXT), block))
                .hasMessage("expected 4 pads 4 from token 1 on, found 3");
        assertThatThrownBy(() -> positions(prompt(TEXT, pads(VIDEO, 4), TEXT), block))
                .hasMessage("expected 4 pads 4 from token 1 on, found 0");
        assertThatThrownBy(() -> positions(prompt(TEXT), block)).hasMessageContaining("found 0");
        assertThatThrownBy(() -> positions(pads(IMAGE, 5), block)).hasMessageContaining("used up");
    }

    @Test
    void secondsThatGoBackAreRefused() {
        PatchGrid grid = new PatchGrid(2, 2, 2);
        assertThatThrownBy(() -> VisualBlock.video(grid, new double[] {1, 0.5}, 2))
                .hasMessage("temporal patch 1: expected seconds from 1.0 on, found 0.5");
        assertThatThrownBy(() -> VisualBlock.video(grid, new double[] {1}, 2)).hasMessageContaining("found 1");
        assertThatThrownBy(() -> VisualBlock.image(grid)).hasMessageContaining("found 2");
    }
}
