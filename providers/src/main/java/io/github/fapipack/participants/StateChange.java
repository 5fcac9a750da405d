package io.github.fapipack.participants;

import io.github.fapipack.ecosystem.ParticipantState;
import java.util.Optional;

/**
 * A change of the state of a software.
 *
 * @param clientUuid the client's internal id; null if the software has no client
 * @param before the state before
 * @param after the state now
 * @param decision what makes the state; empty if it is active
 */
public record StateChange(
    String softwareId,
    String organisationId,
    String clientUuid,
    ParticipantState before,
    ParticipantState after,
    Optional<Decision> decision) {}
