package io.github.fapipack.it.apicheck;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One thing that is tried.
 *
 * @param id stable, for {@code --ignore} and for programs
 * @param clause of the specification that demands or allows it
 * @param fix what to do if the API does not behave as expected
 */
record Attack(
    String id, Topic topic, String title, String clause, String fix, Expected expected, Play play) {

  /** Plays an attack and gives the answer that counts. */
  interface Play {
    Answer in(Scene scene);
  }

  /** Starts an attack; {@code when} ends it. */
  static Attack of(
      Topic topic, String id, String title, String clause, String fix, Expected expected) {
    return new Attack(id, topic, title, clause, fix, expected, Scene::honestly);
  }

  /** The honest request with one change. */
  Attack when(Consumer<Draft> change) {
    return playing(scene -> scene.altered(change));
  }

  /** Something that needs more than one change. */
  Attack playing(Play other) {
    return new Attack(id, topic, title, clause, fix, expected, other);
  }

  /** The same, but skipped for a reason under some condition. */
  Attack unless(Predicate<Scene> hinders, String reason) {
    Play inner = play;
    return playing(
        scene -> {
          if (hinders.test(scene)) {
            throw new NotApplicable(reason);
          }
          return inner.in(scene);
        });
  }
}
