// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Golden vectors of spec section 9.1. */
class PatchOrderTest {

    @Test
    void everyFourPatchesAreOneSquare() {
        PatchOrder order = PatchOrder.of(List.of(new PatchGrid(1, 4, 6)), 2);
        assertThat(Arrays.copyOf(order.rows(), 16)).containsExactly(0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3);
        assertThat(Arrays.copyOf(order.columns(), 16)).containsExactly(0, 1, 0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 0, 1, 0, 1);
    }

    @Test
    void everyTemporalPatchAndEveryGridStartsAgainAtTheTopLeft() {
        PatchOrder order = PatchOrder.of(List.of(new PatchGrid(2, 2, 2), new PatchGrid(1, 2, 4)), 2);
        assertThat(order.rows()).containsExactly(0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1);
        assertThat(order.columns()).containsExactly(0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 2, 3, 2, 3);
    }

    @Test
    void aGridThatCannotBeMergedIsRefusedWithItsSize() {
        List<PatchGrid> odd = List.of(new PatchGrid(1, 4, 5));
        assertThatThrownBy(() -> PatchOrder.of(odd, 2)).hasMessageContainingAll("1x4x5", "columns", "merge size 2");
    }
}
