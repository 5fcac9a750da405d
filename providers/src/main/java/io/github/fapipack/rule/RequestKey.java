package io.github.fapipack.rule;

import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;

/**
 * Names one thing that is kept for the rest of the current request; {@link RequestState} says for
 * how long. A key is a private constant of the class that owns the value. Two keys are never the
 * same one, so nothing else can read or replace it.
 *
 * @param <T> what is kept
 */
public final class RequestKey<T> {

  /** What is kept in this request; empty if nothing is. */
  public Optional<T> in(KeycloakSession session) {
    return Optional.ofNullable(value(session));
  }

  /**
   * What is kept in this request; if nothing is, it is made and kept.
   *
   * @param maker makes a value that is not null
   */
  public T in(KeycloakSession session, Supplier<T> maker) {
    T value = value(session);
    if (value == null) {
      value = maker.get();
      set(session, value);
    }
    return value;
  }

  /** Whether anything is kept in this request. */
  public boolean isIn(KeycloakSession session) {
    return value(session) != null;
  }

  /** Keeps a value for the rest of this request; null removes what was kept. */
  public void set(KeycloakSession session, T value) {
    RequestState.put(session, this, value);
  }

  /** Keeps nothing any more. */
  public void remove(KeycloakSession session) {
    RequestState.put(session, this, null);
  }

  @SuppressWarnings("unchecked") // only set() writes under this key
  private T value(KeycloakSession session) {
    return (T) RequestState.get(session, this);
  }
}
