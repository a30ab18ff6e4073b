// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.alert.Delivery;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelQueueTest {

    /** Without chance, so that every pause is the longest it may be. */
    private final ChannelQueue queue = new ChannelQueue(new Patience(4, 1_000, 3_000), () -> 1);

    @Test
    void aMessageThatFailsIsTriedEverMoreRarelyAndThenGivenUp() {
        queue.add(Letters.delivery("a", "first"));

        assertThat(fail(0)).extracting(Delivery::dueAtMillis).isEqualTo(1_000L);
        assertThat(queue.next(999)).isEmpty();
        assertThat(fail(1_000)).extracting(Delivery::dueAtMillis).isEqualTo(3_000L);
        assertThat(fail(3_000)).extracting(Delivery::dueAtMillis).isEqualTo(6_000L);
        Delivery dead = fail(6_000);

        assertThat(dead.state()).isEqualTo(Delivery.State.DEAD);
        assertThat(dead.attempts()).isEqualTo(4);
        assertThat(dead.reason()).isEqualTo("given up after 4 attempts: HTTP 500");
        assertThat(queue.dueAtMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void chanceShortensAPauseByHalfAtMost() {
        Patience patience = new Patience(4, 1_000, 3_000);

        assertThat(patience.pauseMillis(2, 0)).isEqualTo(1_000);
        assertThat(patience.pauseMillis(2, 0.5)).isEqualTo(1_500);
        assertThat(patience.pauseMillis(2, 1)).isEqualTo(2_000);
        assertThat(patience.pauseMillis(60, 1)).isEqualTo(3_000);
    }

    @Test
    void theReceiversWishIsObeyedByAllItsMessages() {
        queue.add(Letters.delivery("a", "first"));
        queue.add(Letters.delivery("b", "first"));
        queue.settle(next(0), Outcome.retryAfter("HTTP 429", 90_000), 0);

        assertThat(queue.next(89_999)).isEmpty();
        assertThat(queue.dueAtMillis()).isEqualTo(90_000);
        assertThat(queue.next(90_000)).isPresent();
    }

    @Test
    void aMessageThatWaitsLetsThoseOfOtherAlertsPassButNotItsOwn() {
        queue.add(Letters.delivery("a", "first").again(3_000, "HTTP 500"));
        queue.add(Letters.delivery("a", "last"));
        queue.add(Letters.delivery("b", "first"));

        assertThat(next(2_000).key()).isEqualTo("b-first");
        queue.settle(next(2_000), Outcome.DELIVERED, 2_000);
        assertThat(queue.next(2_000)).isEmpty();
        assertThat(queue.dueAtMillis()).isEqualTo(3_000);
        queue.settle(next(3_000), Outcome.DELIVERED, 3_000);
        assertThat(next(3_000).key()).isEqualTo("a-last");
    }

    @Test
    void whatIsRefusedIsGivenUpAtOnceAndHoldsUpNothing() {
        queue.add(Letters.delivery("a", "first"));
        queue.add(Letters.delivery("b", "first"));
        Delivery dead = queue.settle(next(0), Outcome.refused("HTTP 410"), 0);

        assertThat(dead.state()).isEqualTo(Delivery.State.DEAD);
        assertThat(dead.body()).isEqualTo(Letters.delivery("a", "first").body());
        assertThat(next(0).key()).isEqualTo("b-first");
    }

    @Test
    void aMessageThatWaitsAlreadyIsNotAddedAgain() {
        queue.add(Letters.delivery("a", "first"));
        fail(0);
        queue.add(Letters.delivery("a", "first"));

        assertThat(queue.next(0)).isEmpty();
    }

    private Delivery fail(long nowMillis) {
        return queue.settle(next(nowMillis), Outcome.retry("HTTP 500"), nowMillis);
    }

    private Delivery next(long nowMillis) {
        Optional<Delivery> next = queue.next(nowMillis);
        assertThat(next).isPresent();
        return next.orElseThrow();
    }
}
