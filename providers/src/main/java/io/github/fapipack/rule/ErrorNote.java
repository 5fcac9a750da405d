package io.github.fapipack.rule;

import io.github.fapipack.keycloak.PlainFactory;
import io.github.fapipack.keycloak.PlainProvider;
import java.util.Optional;
import org.keycloak.common.util.Resteasy;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;

/**
 * The latest error that Keycloak reported in an event during the current request. Keycloak's pages
 * for users show the error only as text, so this is the only machine-readable source.
 *
 * @param interactionId of the request
 * @param error as Keycloak names it
 * @param reason why, in Keycloak's words; may be null
 */
public record ErrorNote(String interactionId, String error, String reason) {

  /** The error of the current request, if there was one. */
  public static Optional<ErrorNote> of(KeycloakSession session) {
    String current = Interaction.of(session);
    // Stored with the thread, which may have served another request before.
    return Optional.ofNullable(Resteasy.getContextData(ErrorNote.class))
        .filter(note -> note.interactionId != null && note.interactionId.equals(current));
  }

  /** Receives the error events of all realms. */
  public static final class Listening
      implements EventListenerProviderFactory, PlainFactory<EventListenerProvider> {

    @Override
    public EventListenerProvider create(KeycloakSession session) {
      return new Listener(session);
    }

    @Override
    public boolean isGlobal() {
      return true;
    }

    @Override
    public String getId() {
      return "fapi-errors";
    }
  }

  private record Listener(KeycloakSession session) implements EventListenerProvider, PlainProvider {

    @Override
    public void onEvent(Event event) {
      if (event.getError() != null) {
        String reason = event.getDetails() == null ? null : event.getDetails().get(Details.REASON);
        Resteasy.pushContext(
            ErrorNote.class, new ErrorNote(Interaction.of(session), event.getError(), reason));
      }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {}
  }
}
