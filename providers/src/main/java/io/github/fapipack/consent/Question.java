package io.github.fapipack.consent;

import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.bridge.BankConsent;
import io.github.fapipack.grantmanagement.Grant;
import io.github.fapipack.grantmanagement.Grants;
import io.github.fapipack.rar.AuthorizationDetailsTypes;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;

/**
 * What the user is asked in one authorization.
 *
 * @param items the objects of authorization_details
 * @param bank the consent of the bank that the request names; null if it names none
 */
record Question(ConsentRequest request, List<Item> items, BankConsent bank) {

  Question {
    items = List.copyOf(items);
  }

  /**
   * What a request asks of the user of an authorization, who is known.
   *
   * @throws AuthorizationError if it can no longer be approved
   */
  static Question of(RequiredActionContext context, ConsentRequest request)
      throws AuthorizationError {
    List<Item> items = items(context, request);
    Optional<BankDecision> bank = BankStep.decision(context, request);
    return new Question(request, items, bank.isPresent() ? bank.get().read() : null);
  }

  /** The accounts of the bank's consent; empty if the request names no consent. */
  Optional<AccountChoice> accounts() {
    return Optional.ofNullable(bank).map(AccountChoice::new);
  }

  /**
   * The grant that the client wants to change; null if it wants a new one or none.
   *
   * @throws AuthorizationError if the grant is not one of this user to this client
   */
  Grant held(RequiredActionContext context) throws AuthorizationError {
    if (request.grantId() == null) {
      return null;
    }
    return Optional.ofNullable(context.getSession().getProvider(Grants.class))
        .flatMap(grants -> grants.find(context.getRealm(), request.grantId()))
        .filter(grant -> grant.userId().equals(context.getUser().getId()))
        .filter(
            grant ->
                grant.clientId().equals(context.getAuthenticationSession().getClient().getId()))
        .orElseThrow(
            () ->
                new AuthorizationError(
                    "invalid_grant_id", "grant_id is not one of this user's grants to you"));
  }

  private static List<Item> items(RequiredActionContext context, ConsentRequest request)
      throws AuthorizationError {
    try {
      return Item.of(
          request.authorizationDetails(),
          AuthorizationDetailsTypes.of(context.getRealm()),
          context.getUser());
    } catch (IllegalArgumentException e) {
      throw new AuthorizationError("invalid_authorization_details", e.getMessage());
    }
  }
}
