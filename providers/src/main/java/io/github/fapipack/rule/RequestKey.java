package io.github.fapipack.rule;

import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;

/**
 * The key of a value that is kept for the rest of the current request; {@link RequestState}
 * describes the life cycle. Each key is a private constant of the class that owns the value, so no
 * other class can read or replace it.
 *
 * @param <T> the type of the value
 */
public final class RequestKey<T> {

  /** The value in this request; empty if none is set. */
  public Optional<T> in(KeycloakSession session) {
    return Optional.ofNullable(value(session));
  }

  /**
   * The value in this request; if none is set, it is created and set.
   *
   * @param maker creates the value, which must not be null
   */
  public T in(KeycloakSession session, Supplier<T> maker) {
    T value = value(session);
    if (value == null) {
      value = maker.get();
      set(session, value);
    }
    return value;
  }

  /** Whether a value is set in this request. */
  public boolean isIn(KeycloakSession session) {
    return value(session) != null;
  }

  /** Whether the value in this request is this very object. */
  public boolean holds(KeycloakSession session, T object) {
    return value(session) == object;
  }

  /** Sets the value for the rest of this request; null removes it. */
  public void set(KeycloakSession session, T value) {
    RequestState.put(session, this, value);
  }

  /** Removes the value. */
  public void remove(KeycloakSession session) {
    RequestState.put(session, this, null);
  }

  @SuppressWarnings("unchecked") // only set() writes under this key
  private T value(KeycloakSession session) {
    return (T) RequestState.get(session, this);
  }
}
