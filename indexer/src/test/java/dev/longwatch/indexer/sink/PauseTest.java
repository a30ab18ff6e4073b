// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PauseTest {

    @Test
    void thePauseDoublesUpToFiveSecondsAndStartsAnewAfterSuccess() {
        Pause pause = new Pause();

        assertThat(LongStream.generate(pause::afterFailure).limit(7))
                .containsExactly(200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);
        pause.afterSuccess();
        assertThat(pause.afterFailure()).isEqualTo(200);
    }
}
