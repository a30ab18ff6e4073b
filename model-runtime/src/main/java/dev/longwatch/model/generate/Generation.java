// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers, each within its grammar: of the tokens it allows always the best. All answers grow as one batch, which
 * those leave that are finished.
 */
public final class Generation {

    private final TokenText tokens;

    public Generation(TokenText tokens) {
        this.tokens = tokens;
    }

    /**
     * What to write.
     *
     * @param fork where it is decided whether anything happened; null when the text does not tell
     * @param limit the most tokens
     * @param pieces told the text while it grows: whole characters, in order, on the thread that writes
     */
    public record Task(Grammar grammar, @Nullable Fork fork, int limit, Consumer<String> pieces) {

        /** Nobody is told before the text is written. */
        public Task(Grammar grammar, @Nullable Fork fork, int limit) {
            this(grammar, fork, limit, piece -> {});
        }
    }

    /**
     * What was written.
     *
     * @param something how likely it is that anything happened, 0 if that was not decided: the answer was cut before, or
     *     there is no fork
     * @param whole whether the grammar accepts the text; otherwise it was cut at its limit, or no token could go on
     */
    public record Written(String text, double something, boolean whole) {}

    /**
     * @param continuation with one sequence for each task, in their order
     * @return one text for each task, in their order
     */
    public List<Written> write(Continuation continuation, List<Task> tasks) {
        List<Answering> answers = tasks.stream().map(Answering::new).toList();
        List<Answering> open = answers;
        while (true) {
            List<Ranking> rankings = continuation.next();
            List<Answering> goingOn = new ArrayList<>();
            List<Integer> sequences = new ArrayList<>();
            for (int sequence = 0; sequence < open.size(); sequence++) {
                Answering answer = open.get(sequence);
                if (answer.grows(rankings.get(sequence))) {
                    goingOn.add(answer);
                    sequences.add(sequence);
                }
            }
            if (goingOn.isEmpty()) {
                return answers.stream().map(Answering::written).toList();
            }
            continuation.take(
                    sequences.stream().mapToInt(Integer::intValue).toArray(),
                    goingOn.stream().mapToInt(answer -> answer.last).toArray());
            open = goingOn;
        }
    }

    /** One answer on its way. */
    private final class Answering {

        private final Task task;
        private Draft draft = Draft.EMPTY;
        private double something;
        private int length;
        private int last;

        Answering(Task task) {
            this.task = task;
        }

        /** Takes the best token, and says whether more may follow. */
        boolean grows(Ranking ranking) {
            Candidates candidates = new Candidates(draft, task.grammar, ranking, tokens);
            Optional<Candidates.Choice> choice = candidates.best();
            if (choice.isEmpty() || choice.get().ends()) {
                return false;
            }
            Draft longer = choice.get().draft();
            Fork fork = task.fork;
            if (fork != null
                    && fork.way(draft.text()) == Fork.Way.NONE_YET
                    && fork.way(longer.text()) != Fork.Way.NONE_YET) {
                something = candidates.something(fork).orElseThrow();
            }
            if (longer.text().length() > draft.text().length()) {
                task.pieces.accept(longer.text().substring(draft.text().length()));
            }
            draft = longer;
            last = choice.get().token();
            length++;
            return length < task.limit && !(draft.isWhole() && task.grammar.finished(draft.text()));
        }

        Written written() {
            boolean whole = draft.isWhole() && task.grammar.complete(draft.text());
            return new Written(draft.text(), something, whole);
        }
    }
}
