// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxTest {

    @ParameterizedTest
    @CsvSource({"0, 0, 1, 1", "0.1, 0.2, 0.3, 0.4"})
    void aPartOfThePictureIsOne(double left, double top, double right, double bottom) {
        assertThat(new Box(5, "a car", left, top, right, bottom).right()).isEqualTo(right);
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 0, 1, 1", "0, 0, 1.01, 1", "0.5, 0, 0.5, 1", "0, 0.6, 1, 0.4", "NaN, 0, 1, 1", "0, 0, 1, NaN"})
    void whatIsNoneIsRefusedWithItsNumbers(double left, double top, double right, double bottom) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Box(5, "a car", left, top, right, bottom))
                .withMessageContaining("found left " + left + ", top " + top);
    }
}
