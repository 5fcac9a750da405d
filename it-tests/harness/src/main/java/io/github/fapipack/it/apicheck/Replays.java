package io.github.fapipack.it.apicheck;

import java.util.List;

/** Requests that are sent more than once. */
final class Replays {
  private Replays() {}

  /** One request after the other: only the first may pass. */
  static Answer again(Scene scene) {
    Draft honest = fresh(scene);
    byte[] request = honest.bytes();
    requirePassed(scene.send(request, honest.identity()));
    return scene.send(request, honest.identity());
  }

  /** Both at once: exactly one may pass. */
  static Answer atOnce(Scene scene) {
    Draft honest = fresh(scene);
    byte[] request = honest.bytes();
    return loser(scene.together(request, request, honest.identity()));
  }

  /** Uses a nonce that is valid now, if the API gives nonces. */
  private static Draft fresh(Scene scene) {
    if (scene.usesNonces()) {
      requirePassed(scene.honestly());
    }
    return scene.honest();
  }

  static void requirePassed(Answer first) {
    if (!first.isSuccess()) {
      throw new NotApplicable("the first, honest request was answered with " + first.seen());
    }
  }

  /** Of two answers the one that should be a refusal. */
  static Answer loser(List<Answer> answers) {
    Answer one = answers.get(0);
    Answer other = answers.get(1);
    if (!one.isSuccess() && !other.isSuccess()) {
      boolean broken = other.status() >= 500 || other.isSilence();
      return broken ? other : one;
    }
    return one.isSuccess() ? other : one;
  }
}
