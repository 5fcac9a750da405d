package io.github.fapipack.ecosystem;

import org.keycloak.models.ClientModel;

/**
 * Whether a client is one of the ecosystem that its realm belongs to: a software has registered it
 * with a statement, or an administrator has put it under the control of the directory. A realm may
 * have other clients, such as those of the bank itself.
 */
public final class EcosystemClient {

  /** The attribute with the id of the software that has registered the client. */
  public static final String SOFTWARE = "fapi.software-id";

  /** The attribute with the id of the software to which an administrator has assigned it. */
  public static final String ASSIGNED = "fapi.assigned-software-id";

  private EcosystemClient() {}

  /** Whether it is one. */
  public static boolean is(ClientModel client) {
    return client.getAttribute(SOFTWARE) != null || client.getAttribute(ASSIGNED) != null;
  }
}
