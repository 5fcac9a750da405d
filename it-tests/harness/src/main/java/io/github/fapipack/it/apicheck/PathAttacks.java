package io.github.fapipack.it.apicheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Requests without a token for a path that some component takes for another one. */
final class PathAttacks {
  private static final String FIX =
      "Check tokens for every path, or refuse paths that are not in their normal form.";

  private PathAttacks() {}

  static List<Attack> all() {
    List<Attack> attacks = new ArrayList<>();
    attacks.add(path("path-double-slash", "Two slashes", path -> "/" + path));
    attacks.add(
        path(
            "path-double-slash-inside",
            "Two slashes before the last segment",
            path -> beforeLast(path, "/")));
    attacks.add(path("path-dot", "A segment with a dot", path -> beforeLast(path, "./")));
    attacks.add(path("path-dot-encoded", "An encoded dot", path -> beforeLast(path, "%2e/")));
    attacks.add(path("path-parent", "Up and down again", path -> beforeLast(path, "x/../")));
    attacks.add(
        path(
            "path-parent-encoded",
            "Up and down again, encoded",
            path -> beforeLast(path, "x/%2e%2e/")));
    attacks.add(
        path(
            "path-parent-parameter",
            "Up and down again with a parameter",
            path -> beforeLast(path, "x/..;/")));
    attacks.add(path("path-parameter", "A path parameter", path -> path + ";x=y"));
    attacks.add(path("path-trailing-slash", "A slash at the end", path -> path + "/"));
    attacks.add(path("path-trailing-dot", "A slash and a dot at the end", path -> path + "/."));
    attacks.add(path("path-encoded-slash", "An encoded slash at the end", path -> path + "%2f"));
    attacks.add(path("path-encoded-letter", "An encoded letter", PathAttacks::encodedLetter));
    attacks.add(
        path(
            "path-double-encoded",
            "A letter encoded twice",
            path -> encodedLetter(path).replaceFirst("%(?=[0-9a-f]{2}[^/]*$)", "%25")));
    attacks.add(path("path-upper-case", "In upper case", path -> path.toUpperCase(Locale.ROOT)));
    attacks.add(path("path-extension", "With an extension", path -> path + ".json"));
    attacks.add(path("path-null", "With an encoded null", path -> path + "%00"));
    attacks.add(path("path-newline", "With an encoded line break", path -> path + "%0a"));
    attacks.add(path("path-backslash", "With a backslash", path -> "/x\\.." + path));
    attacks.add(path("path-bad-encoding", "With a broken encoding", path -> path + "%zz"));
    return attacks;
  }

  private static Attack path(String id, String title, UnaryOperator<String> change) {
    return Attack.of(
            Topic.PATH,
            id,
            title + ", without a token",
            "FAPI2-SP 5.3.4-1",
            FIX,
            Expected.TRANSPORT)
        .playing(
            scene -> {
              String honest = scene.settings().target().address().getRawPath();
              String other = change.apply(honest.isEmpty() ? "/" : honest);
              if (other.equals(honest)) {
                throw new NotApplicable("the path has nothing to change");
              }
              String query = scene.settings().target().address().getRawQuery();
              return scene.altered(
                  draft -> draft.anonymous().target(query == null ? other : other + "?" + query));
            });
  }

  private static String beforeLast(String path, String inserted) {
    int slash = path.lastIndexOf('/') + 1;
    return path.substring(0, slash) + inserted + path.substring(slash);
  }

  private static String encodedLetter(String path) {
    for (int i = path.length() - 1; i > 0 && path.charAt(i) != '/'; i--) {
      char c = path.charAt(i);
      if (c >= 'a'
          && c <= 'z'
          && (i < 2 || (path.charAt(i - 1) != '%' && path.charAt(i - 2) != '%'))) {
        return path.substring(0, i) + "%" + Integer.toHexString(c) + path.substring(i + 1);
      }
    }
    return path;
  }
}
