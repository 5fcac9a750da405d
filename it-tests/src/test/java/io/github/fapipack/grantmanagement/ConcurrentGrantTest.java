package io.github.fapipack.grantmanagement;

import static io.github.fapipack.grantmanagement.Store.scopes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Many changes of one grant at the same time lose nothing, on each kind of database. */
@ParameterizedClass
@MethodSource("databases")
class ConcurrentGrantTest {
  private static final int THREADS = 32;
  private static final int CHANGES = 320;

  @Parameter Database database;

  private Store store;

  static Stream<Database> databases() {
    return GrantTableTest.databases();
  }

  @BeforeEach
  void open() {
    store = new Store(database);
  }

  /** What one thread did. */
  private record Step(GrantChange change, String scope, Grant result) {}

  @Test
  void mergesLoseNothing() throws Exception {
    Grant grant = store.create(scopes("start"));

    inParallel(i -> store.change(grant.id(), GrantChange.MERGE, scopes("s" + i)).orElseThrow());

    Grant found = store.find(grant.id()).orElseThrow();
    assertThat(found.scopes()).hasSize(CHANGES + 1);
    assertThat(found.generation()).isEqualTo(CHANGES);
  }

  @Test
  void mergesAndReplacementsHappenOneAfterTheOther() throws Exception {
    Grant grant = store.create(scopes("start"));

    List<Step> steps =
        inParallel(
            i -> {
              GrantChange change = i % 4 == 0 ? GrantChange.REPLACE : GrantChange.MERGE;
              String scope = "s" + i;
              return new Step(
                  change, scope, store.change(grant.id(), change, scopes(scope)).orElseThrow());
            });

    // The generations tell the order, and each result must be what that order makes of it.
    steps.sort(Comparator.comparing(step -> step.result().generation()));
    Set<String> expected = new HashSet<>(Set.of("start"));
    int generation = 0;
    for (Step step : steps) {
      if (step.change() == GrantChange.REPLACE) {
        expected.clear();
      }
      expected.add(step.scope());
      assertThat(step.result().generation()).isEqualTo(++generation);
      assertThat(step.result().scopes()).isEqualTo(expected);
    }
    assertThat(store.find(grant.id()).orElseThrow().scopes()).isEqualTo(expected);
  }

  @Test
  void aRevocationAmongMergesIsFinalAndHappensOnce() throws Exception {
    Grant grant = store.create(scopes("start"));

    List<Optional<Boolean>> revocations =
        inParallel(
            i -> {
              if (i % 20 == 10) {
                return Optional.of(store.delete(grant.id()));
              }
              store.change(grant.id(), GrantChange.MERGE, scopes("s" + i));
              return Optional.empty();
            });

    assertThat(revocations.stream().flatMap(Optional::stream).filter(done -> done)).hasSize(1);
    assertThat(store.find(grant.id())).isEmpty();
    assertThat(store.change(grant.id(), GrantChange.MERGE, scopes("late"))).isEmpty();
  }

  @Test
  void aChangeWaitsForTheOneBeforeAndAddsToIt() throws Exception {
    Grant grant = store.create(scopes("start"));
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<Grant> second =
          store.with(
              table -> {
                table.change(Store.REALM, grant.id(), GrantChange.MERGE, scopes("first"));
                Future<Grant> waiting =
                    other.submit(
                        () ->
                            store
                                .change(grant.id(), GrantChange.MERGE, scopes("second"))
                                .orElseThrow());
                assertThatThrownBy(() -> waiting.get(300, TimeUnit.MILLISECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
                return waiting;
              });

      assertThat(second.get(30, TimeUnit.SECONDS).scopes())
          .containsExactlyInAnyOrder("start", "first", "second");
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void whatWasWrittenOnAnOldStateIsRefused() {
    Grant grant = store.create(scopes("start"));
    try (EntityManager late = database.factory().createEntityManager()) {
      late.getTransaction().begin();
      GrantEntity stale = late.find(GrantEntity.class, grant.id());
      store.change(grant.id(), GrantChange.MERGE, scopes("first"));

      stale.write(GrantChange.MERGE.apply(stale.read(), scopes("lost"), 1));

      assertThatThrownBy(late::flush)
          .isInstanceOf(jakarta.persistence.OptimisticLockException.class);
      late.getTransaction().rollback();
    }
    assertThat(store.find(grant.id()).orElseThrow().scopes())
        .containsExactlyInAnyOrder("start", "first");
  }

  @Test
  void aChangeThatIsUndoneLeavesNothing() {
    Grant grant = store.create(scopes("start"));

    assertThatThrownBy(
            () ->
                store.with(
                    table -> {
                      table.change(Store.REALM, grant.id(), GrantChange.REPLACE, scopes("x"));
                      throw new IllegalStateException("the request fails");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(store.find(grant.id())).contains(grant);
  }

  private static <T> List<T> inParallel(IntFunction<T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CountDownLatch start = new CountDownLatch(1);
    try {
      List<Callable<T>> tasks =
          IntStream.range(0, CHANGES)
              .<Callable<T>>mapToObj(
                  i ->
                      () -> {
                        start.await();
                        return work.apply(i);
                      })
              .toList();
      List<Future<T>> futures = new ArrayList<>();
      tasks.forEach(task -> futures.add(threads.submit(task)));
      start.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get(60, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
