package io.github.fapipack.keycloak;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * What one server keeps in its memory while it runs, such as a cache: the only static fields whose
 * contents change. It is made when it is first used, and {@code start.PackStart} ends all of it
 * when the server stops, so that one started later in the same process begins anew.
 *
 * @param <T> the type of the contents, which must allow use by several threads
 */
public final class ServerState<T> {

  private static final List<ServerState<?>> ALL = new CopyOnWriteArrayList<>();

  private final Supplier<T> initial;
  private volatile T contents;

  /**
   * Declares the state; to be kept in a static field.
   *
   * @param initial makes the contents with which each server begins
   */
  public ServerState(Supplier<T> initial) {
    this.initial = initial;
    ALL.add(this);
  }

  /** The contents. */
  public T get() {
    T known = contents;
    if (known == null) {
      synchronized (this) {
        if (contents == null) {
          contents = initial.get();
        }
        known = contents;
      }
    }
    return known;
  }

  /** Replaces the contents. */
  public synchronized void set(T other) {
    contents = other;
  }

  /** Ends all state of the server that stops. */
  public static void end() {
    ALL.forEach(state -> state.set(null));
  }
}
