// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model;

import dev.longwatch.model.answer.AnswerFormat;
import dev.longwatch.model.answer.AnswerParser;
import dev.longwatch.model.answer.JsonBoxes;
import dev.longwatch.model.engine.Engine;
import dev.longwatch.model.engine.Words;
import dev.longwatch.model.generate.FreeText;
import dev.longwatch.model.generate.Generation;
import dev.longwatch.model.generate.Generation.Written;
import dev.longwatch.model.network.Devices;
import dev.longwatch.model.network.QwenVl;
import dev.longwatch.model.pixels.Patches;
import dev.longwatch.model.pixels.PreprocessorConfig;
import dev.longwatch.model.pixels.SmartResize;
import dev.longwatch.model.pixels.VideoBudget;
import dev.longwatch.model.prompt.ChatTemplate;
import dev.longwatch.model.prompt.Tokenizer;
import dev.longwatch.model.weights.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A published Qwen-VL checkpoint that answers questions about clips. */
final class QwenVideoModel implements VideoModel {

    /**
     * For visual tokens kept between clips. On a processor small, because the C library's heap grows two or three times as
     * much as is kept: what is kept stands between short-lived arrays.
     */
    private static final long PROCESSOR_CACHE_BYTES = 64L << 20;

    private static final long GPU_CACHE_BYTES = 2L << 30;

    /** Of a text that is written without a video. */
    private static final int MOST_TOKENS = 512;

    private final Tokenizer tokenizer;
    private final PreprocessorConfig preprocessor;
    private final Engine engine;
    private final Optional<KnownWords> knownWords;
    private final String fingerprint;
    private final String device;

    private QwenVideoModel(
            Tokenizer tokenizer,
            PreprocessorConfig preprocessor,
            Engine engine,
            Optional<KnownWords> knownWords,
            String fingerprint,
            String device) {
        this.tokenizer = tokenizer;
        this.preprocessor = preprocessor;
        this.engine = engine;
        this.knownWords = knownWords;
        this.fingerprint = fingerprint;
        this.device = device;
    }

    static QwenVideoModel open(Path directory, String device) {
        Checkpoint checkpoint = Checkpoint.open(directory);
        Optional<KnownWords> knownWords = KnownWords.read(checkpoint.directory());
        PreprocessorConfig preprocessor = PreprocessorConfig.read(checkpoint.directory());
        QwenVl network = QwenVl.load(checkpoint, device);
        Tokenizer tokenizer = Tokenizer.open(checkpoint.directory());
        Words words = new Words(tokenizer, network.config().tokens().end());
        long cacheBytes = device.equals(Devices.PROCESSOR) ? PROCESSOR_CACHE_BYTES : GPU_CACHE_BYTES;
        Engine engine = new Engine(
                network, new ChatTemplate(tokenizer), new Patches(preprocessor), new Generation(words), cacheBytes);
        return new QwenVideoModel(tokenizer, preprocessor, engine, knownWords, checkpoint.fingerprint(), device);
    }

    @Override
    public List<Answer> answer(Clip clip, List<Question> questions) {
        if (questions.isEmpty()) {
            throw new IllegalArgumentException("expected at least one question, found none");
        }
        return answer(clip, questions, piece -> {});
    }

    @Override
    public Answer answer(Clip clip, Question question, Consumer<String> pieces) {
        return answer(clip, List.of(question), pieces).get(0);
    }

    private List<Answer> answer(Clip clip, List<Question> questions, Consumer<String> pieces) {
        PictureSize fitted = fit(clip.width(), clip.height());
        if (fitted.width() != clip.width() || fitted.height() != clip.height()) {
            throw new IllegalArgumentException("pictures of " + clip.width() + "x" + clip.height()
                    + " should have been scaled to " + fitted.width() + "x" + fitted.height());
        }
        List<Engine.Request> requests = questions.stream()
                .map(question -> request(clip, question, pieces))
                .toList();
        List<Written> written = engine.answer(clip, requests);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            answers.add(answer(questions.get(i), clip, written.get(i)));
        }
        return answers;
    }

    @Override
    public String write(String instruction, Consumer<String> pieces) {
        knownWords.ifPresent(words -> {
            throw new ModelException(words.speechless());
        });
        Generation.Task task = new Generation.Task(new FreeText(), null, MOST_TOKENS, pieces);
        return engine.write(new Engine.Request(instruction, task)).text();
    }

    private static Answer answer(Question question, Clip clip, Written written) {
        if (question.kind() == Question.Kind.LOCATE) {
            Optional<List<Box>> boxes = JsonBoxes.read(written.text(), clip.width(), clip.height());
            return new Answer(question, List.of(), 0, written.text(), boxes.isPresent(), boxes.orElse(List.of()));
        }
        Answer answer = AnswerParser.read(question, clip.seconds(), written.something(), written.text());
        if (!question.kind().free()) {
            return answer;
        }
        double named = answer.moments().isEmpty() ? 0 : 1;
        boolean readable = answer.readable() || question.kind() == Question.Kind.ASK;
        return new Answer(question, answer.moments(), named, answer.text(), readable);
    }

    private static Engine.Request request(Clip clip, Question question, Consumer<String> pieces) {
        AnswerFormat format = AnswerFormat.of(question.kind());
        return new Engine.Request(
                format.prompt(question),
                new Generation.Task(format.grammar(clip.seconds()), format.fork(), format.tokenLimit(), pieces));
    }

    @Override
    public PictureSize fit(int width, int height) {
        return preprocessor.resize().fit(width, height);
    }

    @Override
    public PictureSize fit(int width, int height, VideoBudget budget, int frames) {
        SmartResize resize = preprocessor.resize();
        PictureSize budgeted = budget.resize(resize.factor(), frames).fit(width, height);
        return resize.fit(budgeted.width(), budgeted.height());
    }

    @Override
    public Optional<String> refusal(Question question) {
        return switch (question.kind()) {
            case DESCRIBE -> Optional.empty();
            case ASK, LOCATE -> knownWords.map(KnownWords::speechless);
            case GROUND, COOKBOOK, CHARADES, TIMELENS -> knownWords.flatMap(words -> words.refusal(question.text()));
        };
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public String device() {
        return device;
    }

    @Override
    public void close() {
        engine.close();
        tokenizer.close();
    }
}
