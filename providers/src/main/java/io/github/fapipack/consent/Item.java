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
 * One object of authorization_details as it is put before the user.
 *
 * @param index its place in the request
 * @param optional whether she may refuse it and approve others
 * @param options what she may pick from; null where there is nothing to pick
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
   * @throws IllegalArgumentException when the realm does not know a type any more
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

  /** Whether there is something to pick from, but no choice in it. */
  boolean hasOneOption() {
    return chooses() && options.size() == 1;
  }

  /** The object as it will be approved, as far as that is known beforehand. */
  ObjectNode foreseen() {
    return hasOneOption() ? with(options) : detail;
  }

  /** The names that the user has for what she may pick. */
  Map<String, String> names(UserModel user) {
    return type.settings().choose().map(choice -> choice.namesOf(user)).orElse(Map.of());
  }

  /** The name of the box by which she approves it. */
  String approveField() {
    return "item-" + index;
  }

  /** The name of the boxes for what she picks. */
  String chooseField() {
    return "choice-" + index;
  }

  /**
   * The object with what she has picked.
   *
   * @throws IllegalArgumentException when that is nothing, or too much
   */
  ObjectNode with(List<String> picked) {
    return type.settings()
        .choose()
        .orElseThrow()
        .write(detail, picked.stream().distinct().toList());
  }
}
