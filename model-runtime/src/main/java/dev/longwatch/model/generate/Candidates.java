// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

import java.util.Optional;
import java.util.OptionalDouble;

/** The tokens that may follow a draft, best first: those whose text keeps the grammar, and the end where it may be. */
final class Candidates {

    /** Once the tokens not looked at are less likely than this beside those found, they are left alone. */
    private static final double NEGLIGIBLE = 1e-5;

    private final Draft draft;
    private final Grammar grammar;
    private final Ranking ranking;
    private final TokenText tokens;

    Candidates(Draft draft, Grammar grammar, Ranking ranking, TokenText tokens) {
        this.draft = draft;
        this.grammar = grammar;
        this.ranking = ranking;
        this.tokens = tokens;
    }

    /**
     * A token that may follow.
     *
     * @param draft with it
     * @param ends whether it is the end
     */
    record Choice(int token, Draft draft, boolean ends) {}

    /** The best one; nothing if the grammar allows none of the vocabulary. */
    Optional<Choice> best() {
        for (int rank = 0; rank < ranking.size(); rank++) {
            Optional<Choice> choice = choice(rank);
            if (choice.isPresent()) {
                return choice;
            }
        }
        return Optional.empty();
    }

    /** How likely it is that something happened, if it is decided here: see {@link Fork}. */
    OptionalDouble something(Fork fork) {
        double something = 0;
        double nothing = 0;
        double rest = 1;
        for (int rank = 0; rank < ranking.size(); rank++) {
            double probability = ranking.probability(rank);
            rest -= probability;
            Optional<Choice> choice = choice(rank);
            if (choice.isPresent()) {
                switch (fork.way(choice.get().draft.text())) {
                    case SOMETHING -> something += probability;
                    case NOTHING -> nothing += probability;
                    case NONE_YET -> {}
                }
            }
            if (something + nothing > 0 && rest < NEGLIGIBLE * (something + nothing)) {
                break;
            }
        }
        double decided = something + nothing;
        return decided > 0 ? OptionalDouble.of(something / decided) : OptionalDouble.empty();
    }

    private Optional<Choice> choice(int rank) {
        int token = ranking.token(rank);
        if (tokens.ends(token)) {
            boolean allowed = draft.isWhole() && grammar.complete(draft.text());
            return allowed ? Optional.of(new Choice(token, draft, true)) : Optional.empty();
        }
        byte[] bytes = tokens.bytes(token);
        if (bytes.length == 0) {
            return Optional.empty();
        }
        return draft.with(bytes)
                .filter(longer -> longer.isViable(grammar))
                .map(longer -> new Choice(token, longer, false));
    }
}
