package io.github.fapipack.consent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.rar.AuthorizationDetailsType;
import io.github.fapipack.rar.AuthorizationDetailsTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keycloak.models.UserModel;

/**
 * One object of authorization_details as the page shows it.
 *
 * @param index its position in the request
 * @param optional whether the user may refuse it and approve others
 * @param options the values to pick from; null if there is nothing to pick
 */
record Item(
    int index,
    ObjectNode detail,
    AuthorizationDetailsType type,
    boolean optional,
    List<String> options) {

  /**
   * The objects of a request.
   *
   * @throws IllegalArgumentException if the realm no longer knows a type
   */
  static List<Item> of(List<ObjectNode> details, AuthorizationDetailsTypes types, UserModel user) {
    List<Item> items = new ArrayList<>();
    for (ObjectNode detail : details) {
      AuthorizationDetailsType type =
          types
              .find(AuthorizationDetails.type(detail))
              .orElseThrow(() -> new IllegalArgumentException("the type is not known any more"));
      items.add(
          new Item(
              items.size(),
              detail,
              type,
              ApprovalCheck.mayRefuse(type, details),
              type.settings().choose().map(choice -> choice.own(detail, user)).orElse(null)));
    }
    return items;
  }

  boolean chooses() {
    return options != null;
  }

  boolean choosesMany() {
    return type.settings().choose().map(choice -> choice.many()).orElse(false);
  }

  /** Whether exactly one value is available, so that there is no choice. */
  boolean hasOneOption() {
    return chooses() && options.size() == 1;
  }

  /** The object as it will be approved, as far as this is known before the user's answer. */
  ObjectNode foreseen() {
    return hasOneOption() ? with(options) : detail;
  }

  /** The display names of the values to pick from. */
  Map<String, String> names(UserModel user) {
    return type.settings().choose().map(choice -> choice.namesOf(user)).orElse(Map.of());
  }

  /** The name of the check box that approves it. */
  String approveField() {
    return "item-" + index;
  }

  /** The name of the check boxes for the picked values. */
  String chooseField() {
    return "choice-" + index;
  }

  /**
   * The object with the picked values.
   *
   * @throws IllegalArgumentException if there are none, or too many
   */
  ObjectNode with(List<String> picked) {
    return type.settings()
        .choose()
        .orElseThrow()
        .write(detail, picked.stream().distinct().toList());
  }
}
