package io.github.fapipack.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.github.fapipack.jose.StrictJson;
import io.github.fapipack.scheme.Accesses;
import io.github.fapipack.scheme.Desk;
import io.github.fapipack.scheme.SchemeFault;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;
import org.keycloak.services.ErrorResponse;

/**
 * A request of an administrator about the directory of a scheme. A fault is answered with its
 * status and sentence, and changes nothing.
 */
record SchemeRequest(AdminRequest admin) {

  private static final int MOST = 500;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addSerializer(
                      new StdSerializer<Instant>(Instant.class) {
                        private static final long serialVersionUID = 1L;

                        @Override
                        public void serialize(
                            Instant value, JsonGenerator generator, SerializerProvider provider)
                            throws IOException {
                          generator.writeString(value.toString());
                        }
                      }))
          .build();

  /** Answers with what the work yields. */
  Response view(Function<Desk, ?> work) {
    admin.requireView();
    return ok(run(work));
  }

  /** Answers with what the change yields, or 204 if it yields null. */
  Response change(Function<Desk, ?> work) {
    admin.requireManage();
    Object result = run(work);
    return result == null ? Response.noContent().build() : ok(result);
  }

  /** What the work yields, for answers that are not JSON. */
  <T> T run(Function<Desk, T> work) {
    Desk desk =
        Desk.of(
                admin.session(),
                Accesses.ofAdministrator(admin.auth().adminAuth().getUser()),
                () -> admin.event().clone(admin.session()))
            .orElseThrow(
                () ->
                    ErrorResponse.error(
                        "this realm is not the directory of a scheme; set fapi.scheme and"
                            + " organizations",
                        Status.NOT_FOUND));
    try {
      return work.apply(desk);
    } catch (SchemeFault e) {
      admin.session().getTransactionManager().setRollbackOnly();
      throw ErrorResponse.error(e.getMessage(), Status.fromStatusCode(e.kind().status()));
    }
  }

  private static Response ok(Object result) {
    return JsonAnswer.ok(JSON.valueToTree(result));
  }

  /** The body of a request as a record. */
  static <T> T read(String body, Class<T> type) {
    try {
      JsonNode sent = StrictJson.value(body == null ? "" : body);
      if (sent.isObject()) {
        return JSON.treeToValue(sent, type);
      }
    } catch (JsonProcessingException e) {
      // refused below
    }
    throw ErrorResponse.error(
        "the body must be a JSON object with known members of the right types", Status.BAD_REQUEST);
  }

  /** A number within limits. */
  static int number(String name, String text, int most) {
    if (text.matches("[0-9]{1,7}") && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw ErrorResponse.error(name + " must be a number up to " + most, Status.BAD_REQUEST);
  }

  static int max(String text) {
    return number("max", text, MOST);
  }

  static int first(String text) {
    return number("first", text, 1_000_000);
  }
}
