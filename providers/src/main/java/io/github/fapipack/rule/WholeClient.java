package io.github.fapipack.rule;

import org.keycloak.services.clientpolicy.context.ClientCRUDContext;

/**
 * An occasion that checks a client as a whole, as if it were saved for the first time. Other saves
 * are checked only for what they change, because the stored values were accepted before.
 */
public interface WholeClient extends ClientCRUDContext {}
