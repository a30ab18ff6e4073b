// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.model.pixels.PatchGrid;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Golden vectors of spec section 9.1: windows of 112 pixels, patches of 14, merged by 2. */
class WindowOrderTest {

    private static final int WINDOW = WindowOrder.windowUnits(112, 2, 14);

    private static WindowOrder order(PatchGrid... grids) {
        return WindowOrder.of(List.of(grids), 2, WINDOW);
    }

    @Test
    void aWindowIsFourUnitsWide() {
        assertThat(WINDOW).isEqualTo(4);
    }

    @Test
    void raggedWindowsAtTheEdgeAreSmaller() {
        WindowOrder order = order(new PatchGrid(1, 10, 12));
        assertThat(order.units())
                .containsExactly(
                        0, 1, 2, 3, 6, 7, 8, 9, 12, 13, 14, 15, 18, 19, 20, 21, 4, 5, 10, 11, 16, 17, 22, 23, 24, 25,
                        26, 27, 28, 29);
        assertThat(WindowOrder.cumulative(order.windowLengths())).containsExactly(0, 64, 96, 112, 120);
        assertThat(WindowOrder.cumulative(order.fullLengths())).containsExactly(0, 120);
    }

    @Test
    void aGridSmallerThanAWindowKeepsItsOrder() {
        WindowOrder order = order(new PatchGrid(1, 4, 6));
        assertThat(order.units()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(WindowOrder.cumulative(order.windowLengths())).containsExactly(0, 24);
    }

    @Test
    void aGridOfWholeWindowsGetsNoEmptyWindow() {
        WindowOrder order = order(new PatchGrid(2, 16, 8));
        assertThat(WindowOrder.cumulative(order.windowLengths())).containsExactly(0, 64, 128, 192, 256);
        assertThat(WindowOrder.cumulative(order.fullLengths())).containsExactly(0, 128, 256);
    }

    @Test
    void fullSegmentsEndWithEachTemporalPatchNotWithEachVideo() {
        WindowOrder order = order(new PatchGrid(2, 4, 4), new PatchGrid(1, 4, 6));
        assertThat(WindowOrder.cumulative(order.fullLengths())).containsExactly(0, 16, 32, 56);
    }

    @Test
    void unitsOfLaterTemporalPatchesAndGridsFollowTheEarlierOnes() {
        // 2 temporal patches of 1x5 units (windows of 4 and 1), then 3x1 units
        WindowOrder order = order(new PatchGrid(2, 2, 10), new PatchGrid(1, 6, 2));
        assertThat(order.units()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(order.windowLengths()).containsExactly(16, 4, 16, 4, 12);

        WindowOrder offset = order(new PatchGrid(1, 2, 2), new PatchGrid(2, 4, 10));
        assertThat(offset.units())
                .containsExactly(0, 1, 2, 3, 4, 6, 7, 8, 9, 5, 10, 11, 12, 13, 14, 16, 17, 18, 19, 15, 20);
    }

    @Test
    void theInverseUndoesTheOrder() {
        WindowOrder order = order(new PatchGrid(3, 10, 12), new PatchGrid(1, 14, 6));
        int[] units = order.units();
        int[] inverse = order.inverse();
        assertThat(IntStream.range(0, units.length).map(unit -> units[inverse[unit]]))
                .containsExactly(IntStream.range(0, units.length).boxed().toArray(Integer[]::new));
        assertThat(units).isNotEqualTo(inverse);
    }

    @Test
    void aWindowSmallerThanAUnitIsRefused() {
        assertThatThrownBy(() -> WindowOrder.of(List.of(new PatchGrid(1, 2, 2)), 2, 0))
                .hasMessage("a window holds at least one merge unit, found 0");
    }
}
