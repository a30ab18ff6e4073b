// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VideoPlaceholderTest {

    private static final int PAD = 9;

    @Test
    void onePadBecomesAsManyAsTheVideoHasTokens() {
        assertThat(VideoPlaceholder.expand(new int[] {1, PAD, 2, PAD, 3}, PAD, 3, 1))
                .containsExactly(1, PAD, PAD, PAD, 2, PAD, 3);
    }

    @Test
    void aPromptWithoutVideoStaysAsItIs() {
        assertThat(VideoPlaceholder.expand(new int[] {1, 2}, PAD)).containsExactly(1, 2);
    }

    @Test
    void moreOrFewerPadsThanVideosAreRefused() {
        assertThatThrownBy(() -> VideoPlaceholder.expand(new int[] {1, PAD}, PAD, 3, 3))
                .hasMessage("expected 2 pads 9 in the prompt, found 1");
        assertThatThrownBy(() -> VideoPlaceholder.expand(new int[] {1, PAD}, PAD))
                .hasMessage("expected 0 pads 9 in the prompt, found 1");
        assertThatThrownBy(() -> VideoPlaceholder.expand(new int[] {PAD}, PAD, 0))
                .hasMessage("a video has at least one visual token, found 0");
    }
}
