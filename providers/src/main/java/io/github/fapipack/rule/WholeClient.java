package io.github.fapipack.rule;

import org.keycloak.services.clientpolicy.context.ClientCRUDContext;

/**
 * A client that is looked at as a whole, as if all of it were saved for the first time; a save by
 * somebody concerns what it changes, since what is stored already has gone well so far.
 */
public interface WholeClient extends ClientCRUDContext {}
