package io.github.fapipack.consent;

import java.lang.reflect.Proxy;
import java.util.stream.Stream;
import org.keycloak.models.UserModel;

/** A user of whom nothing is known but one attribute. */
final class UserWith {
  private UserWith() {}

  static UserModel attribute(String name, String... values) {
    return (UserModel)
        Proxy.newProxyInstance(
            UserModel.class.getClassLoader(),
            new Class<?>[] {UserModel.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("getAttributeStream")) {
                throw new UnsupportedOperationException(method.getName());
              }
              return arguments[0].equals(name) ? Stream.of(values) : Stream.empty();
            });
  }
}
