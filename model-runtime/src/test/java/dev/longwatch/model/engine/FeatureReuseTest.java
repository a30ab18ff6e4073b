// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.model.Clip;
import dev.longwatch.model.Frame;
import dev.longwatch.model.TestClips;
import dev.longwatch.model.generate.Fork;
import dev.longwatch.model.generate.Generation;
import dev.longwatch.model.generate.Generation.Task;
import dev.longwatch.model.generate.Generation.Written;
import dev.longwatch.model.generate.GroundingGrammar;
import dev.longwatch.model.network.QwenVl;
import dev.longwatch.model.pixels.Patches;
import dev.longwatch.model.pixels.PreprocessorConfig;
import dev.longwatch.model.prompt.ChatTemplate;
import dev.longwatch.model.prompt.Tokenizer;
import dev.longwatch.model.weights.Checkpoint;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FeatureReuseTest {

    private static final Path TINY = Path.of("src/test/resources/dev/longwatch/model/network/tiny");
    private static final List<Engine.Request> QUESTION = List.of(
            new Engine.Request("when does the ball roll?", new Task(new GroundingGrammar(4), Fork.GROUNDING, 96)));

    private static Tokenizer tokenizer;

    @BeforeAll
    static void open() {
        tokenizer = Tokenizer.open(TINY);
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    @Test
    void ofOverlappingClipsOnlyWhatIsNewIsEncodedAndAnswersStayTheSame() {
        Clip early = TestClips.noise(112, 84, 8, 2, 0);
        Clip late = TestClips.noise(112, 84, 8, 2, 4);
        try (Engine caching = engine(1 << 20);
                Engine fresh = engine(1 << 20)) {
            caching.answer(early, QUESTION);
            List<Written> cached = caching.answer(late, QUESTION);

            assertThat(caching.reused()).isEqualTo(2);
            assertThat(fresh.answer(late, QUESTION)).isEqualTo(cached);
            assertThat(fresh.reused()).isZero();
        }
    }

    @Test
    void theSameClipAgainIsNotEncodedAtAll() {
        Clip clip = TestClips.noise(112, 84, 8, 2, 0);
        try (Engine engine = engine(1 << 20)) {
            List<Written> first = engine.answer(clip, QUESTION);

            assertThat(engine.answer(clip, QUESTION)).isEqualTo(first);
            assertThat(engine.reused()).isEqualTo(4);
        }
    }

    @Test
    void aPictureThatStandsStillIsEncodedOnce() {
        Clip moving = TestClips.noise(112, 84, 8, 2, 0);
        byte[] still = moving.frames().get(0).rgb();
        Clip standing = new Clip(
                moving.frames().stream()
                        .map(frame -> new Frame(112, 84, still, frame.seconds()))
                        .toList(),
                moving.seconds());
        try (Engine engine = engine(1 << 20)) {
            engine.answer(standing, QUESTION);

            assertThat(engine.reused()).isEqualTo(3);
        }
    }

    @Test
    void aCacheTooSmallForAClipStillAnswersItAndKeepsNothing() {
        Clip clip = TestClips.noise(112, 84, 8, 2, 0);
        try (Engine none = engine(0);
                Engine all = engine(1 << 20)) {
            assertThat(none.answer(clip, QUESTION)).isEqualTo(all.answer(clip, QUESTION));
            none.answer(clip, QUESTION);
            assertThat(none.reused()).isZero();
        }
    }

    @Test
    void whatWasUsedLastIsKept() {
        Clip first = TestClips.noise(112, 84, 2, 2, 0);
        Clip second = TestClips.noise(112, 84, 2, 2, 10);
        Clip third = TestClips.noise(112, 84, 2, 2, 20);
        long onePatch = 12L * 64 * Float.BYTES; // 4x3 tokens of the tiny model's width
        try (Engine engine = engine(2 * onePatch)) {
            engine.answer(first, QUESTION);
            engine.answer(second, QUESTION);
            engine.answer(first, QUESTION);
            engine.answer(third, QUESTION);
            assertThat(engine.reused()).isEqualTo(1);

            engine.answer(first, QUESTION);
            assertThat(engine.reused()).isEqualTo(2);
            engine.answer(second, QUESTION);
            assertThat(engine.reused()).isEqualTo(2);
        }
    }

    @Test
    void theSamePixelsInAnotherShapeAreAnotherPicture() {
        byte[] rgb = TestClips.noise(112, 84, 1, 1, 0).frames().get(0).rgb();

        assertThat(PictureDigest.of(List.of(new Frame(112, 84, rgb, 0))))
                .isEqualTo(PictureDigest.of(List.of(new Frame(112, 84, rgb.clone(), 5))))
                .isNotEqualTo(PictureDigest.of(List.of(new Frame(84, 112, rgb, 0))))
                .isNotEqualTo(PictureDigest.of(List.of(new Frame(112, 84, rgb, 0), new Frame(112, 84, rgb, 1))));
    }

    private static Engine engine(long cacheBytes) {
        return new Engine(
                QwenVl.load(Checkpoint.open(TINY), "cpu"),
                new ChatTemplate(tokenizer),
                new Patches(PreprocessorConfig.read(TINY)),
                new Generation(new Words(tokenizer, List.of(258, 256))),
                cacheBytes);
    }
}
