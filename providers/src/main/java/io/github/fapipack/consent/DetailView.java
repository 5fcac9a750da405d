package io.github.fapipack.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.keycloak.ServerState;
import io.github.fapipack.rar.AuthorizationDetailsType;
import io.github.fapipack.rar.AuthorizationDetailsTypes;
import io.github.fapipack.rar.Narrowing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.UserModel;

/**
 * Shows objects of authorization_details: by the fragment of their type, and additionally member by
 * member, so that everything that is approved is visible.
 */
public final class DetailView {

  private static final Logger LOGGER = Logger.getLogger(DetailView.class);

  private static final int MAX_DEPTH = 6;
  private static final int MAX_FRAGMENTS = 1_000;

  private static final ServerState<Map<String, Fragment>> FRAGMENTS =
      new ServerState<>(ConcurrentHashMap::new);

  /** The fragment of a type with the text of the button that approves an object. */
  private static final String BUTTON = "approve";

  private final AuthorizationDetailsTypes types;
  private final Wording wording;
  private final UserModel user;

  /**
   * @param user who looks at own data, and therefore sees the display names of own values
   */
  public DetailView(AuthorizationDetailsTypes types, Wording wording, UserModel user) {
    this.types = types;
    this.wording = wording;
    this.user = user;
  }

  /** The text of the button that approves an object; empty if its type has none. */
  Optional<String> button(ObjectNode detail) {
    String id = AuthorizationDetails.type(detail);
    Properties texts = texts(types.find(id));
    String template = texts.getProperty(BUTTON);
    return template == null
        ? Optional.empty()
        : run(id, template, fragment -> fragment.line(shown(detail), wording.with(texts)));
  }

  /** When an object expires by itself, in seconds since the epoch; empty if it does not. */
  Optional<Long> end(ObjectNode detail) {
    return new Narrowing(types)
        .end(detail)
        .filter(end -> !end.equals(Instant.MIN))
        .map(Instant::getEpochSecond);
  }

  private Properties texts(Optional<AuthorizationDetailsType> type) {
    Properties texts = new Properties();
    type.ifPresent(known -> texts.putAll(known.messages(wording.locale())));
    return texts;
  }

  /**
   * An object for a template.
   *
   * @return {@code title}, {@code choose} if the type has a text for it, {@code html} if the type's
   *     fragment could be rendered, {@code once} if it is carried out once, {@code members}
   */
  public Map<String, Object> of(ObjectNode detail) {
    String id = AuthorizationDetails.type(detail);
    Optional<AuthorizationDetailsType> type = types.find(id);
    Properties texts = texts(type);
    Wording own = new Wording(texts, wording.locale());
    Wording words =
        wording
            .with(texts)
            .withNames(
                type.flatMap(known -> known.settings().choose())
                    .map(choice -> choice.namesOf(user))
                    .orElse(Map.of()));
    Map<String, Object> model = new HashMap<>();
    model.put("title", own.has("title") ? own.text("title") : name(id));
    if (own.has("choose")) {
      model.put("choose", own.text("choose"));
    }
    model.put("once", type.flatMap(known -> known.settings().once()).isPresent());
    type.flatMap(AuthorizationDetailsType::template)
        .flatMap(template -> run(id, template, fragment -> fragment.show(shown(detail), words)))
        .ifPresent(html -> model.put("html", html));
    // Member names may come from the client, so only the type's texts are used for them.
    model.put("members", members(shown(detail), own, 0));
    return model;
  }

  private ObjectNode shown(ObjectNode detail) {
    return types
        .find(AuthorizationDetails.type(detail))
        .map(type -> type.settings().shown(detail))
        .orElse(detail);
  }

  private static Optional<String> run(
      String type, String template, Function<Fragment, String> use) {
    try {
      if (FRAGMENTS.get().size() > MAX_FRAGMENTS) {
        FRAGMENTS.get().clear();
      }
      return Optional.of(use.apply(FRAGMENTS.get().computeIfAbsent(template, Fragment::parse)));
    } catch (IllegalArgumentException e) {
      LOGGER.warnf("The template of the type '%s' %s", name(type), e.getMessage());
      return Optional.empty();
    }
  }

  private static List<Map<String, Object>> members(JsonNode object, Wording words, int depth) {
    List<Map<String, Object>> members = new ArrayList<>();
    object
        .properties()
        .forEach(
            member -> {
              Map<String, Object> model = value(member.getValue(), words, depth + 1);
              model.put("name", words.label("", member.getKey()));
              members.add(model);
            });
    return members;
  }

  private static Map<String, Object> value(JsonNode value, Wording words, int depth) {
    Map<String, Object> model = new HashMap<>();
    if (value.isContainerNode() && depth > MAX_DEPTH) {
      model.put("value", SafeText.of(value.toString()));
    } else if (value.isObject()) {
      model.put("members", members(value, words, depth));
    } else if (value.isArray()) {
      List<Map<String, Object>> elements = new ArrayList<>();
      value.forEach(element -> elements.add(value(element, words, depth + 1)));
      model.put("elements", elements);
    } else {
      model.put(
          "value", value.isNumber() ? DetailModel.digits(value) : SafeText.of(value.asText()));
    }
    return model;
  }

  private static String name(String type) {
    return SafeText.of(type, 80);
  }
}
