package io.github.fapipack.language;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Every sentence that stands in the source code, read with the compiler: texts that are put
 * together are one, constants of ours have their values, and all else is a place for a value.
 */
final class SourceSentences {
  /** Two words in a row. */
  private static final Pattern WORDS = Pattern.compile("[a-z]{2,}[,:]? +[a-z]+");

  private static final String VALUE = "\0";

  private static final Set<Modifier> CONSTANT = Set.of(Modifier.STATIC, Modifier.FINAL);

  /** Who is called with what nobody but an operator or a program reads. */
  private static final Pattern NOT_SHOWN =
      Pattern.compile(
          "(\\w*LOGGER|LOG|log)\\.\\w+|.*\\.createQuery|.*[hH]eaders?|.*\\.ofPattern"
              + "|Pattern\\.compile|.*(startsWith|endsWith|equals|getBytes|contains|indexOf)");

  private static final Set<String> EXCEPTIONS_FOR_DEVELOPERS =
      Set.of(
          "IllegalStateException",
          "UnsupportedOperationException",
          "UncheckedIOException",
          "IOException",
          "ClientProtocolException",
          "SocketTimeoutException",
          "AssertionError");

  private final Trees trees;
  private final CompilationUnitTree unit;

  /** What constants are made of, by the name of their class and their own. */
  private final Map<String, ExpressionTree> constants;

  private final Consumer<Sentence> found;

  /** A sentence with places for its values. */
  record Sentence(String where, String text) {

    /** The same with values in its places, of which each is another. */
    String with(String value) {
      StringBuilder said = new StringBuilder();
      int count = 0;
      for (String piece : text.split(VALUE, -1)) {
        said.append(count == 0 ? "" : value + count).append(piece);
        count++;
      }
      return said.toString();
    }

    /** As an entry of the file has it. */
    String entry() {
      StringBuilder entry = new StringBuilder();
      int count = 0;
      for (String piece : text.split(VALUE, -1)) {
        entry.append(count == 0 ? "" : "{" + (count - 1) + "}").append(piece);
        count++;
      }
      return entry.toString();
    }

    int values() {
      return text.split(VALUE, -1).length - 1;
    }
  }

  private SourceSentences(
      Trees trees,
      CompilationUnitTree unit,
      Map<String, ExpressionTree> constants,
      Consumer<Sentence> found) {
    this.trees = trees;
    this.unit = unit;
    this.constants = constants;
    this.found = found;
  }

  /** The sentences of all classes of the packages that show any. */
  static List<Sentence> in(Path sources, Set<String> packages) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
            compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        Stream<Path> tree = Files.walk(sources)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(
                      tree.filter(path -> path.toString().endsWith(".java")).toList()));
      List<CompilationUnitTree> units = new ArrayList<>();
      Map<String, ExpressionTree> constants = new HashMap<>();
      for (CompilationUnitTree unit : task.parse()) {
        units.add(unit);
        unit.getTypeDecls().forEach(type -> constants(type, constants));
      }
      List<Sentence> found = new ArrayList<>();
      for (CompilationUnitTree unit : units) {
        String name = unit.getPackageName().toString().replaceFirst("^\\w+\\.\\w+\\.", "");
        if (packages.contains(name)) {
          new SourceSentences(Trees.instance(task), unit, constants, found::add).read();
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void constants(Tree type, Map<String, ExpressionTree> constants) {
    if (type instanceof ClassTree declared) {
      for (Tree member : declared.getMembers()) {
        if (member instanceof VariableTree field
            && field.getModifiers().getFlags().containsAll(CONSTANT)
            && String.valueOf(field.getType()).equals("String")
            && field.getInitializer() != null) {
          constants.put(declared.getSimpleName() + "." + field.getName(), field.getInitializer());
        }
        constants(member, constants);
      }
    }
  }

  private void read() {
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitAnnotation(AnnotationTree node, Void unused) {
        return null;
      }

      @Override
      public Void visitNewClass(NewClassTree node, Void unused) {
        return EXCEPTIONS_FOR_DEVELOPERS.contains(node.getIdentifier().toString())
            ? null
            : super.visitNewClass(node, null);
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree node, Void unused) {
        if (isFormatted(node)) {
          take(getCurrentPath());
          return scan(node.getArguments(), null);
        }
        String called = node.getMethodSelect().toString().replaceAll("\\s", "");
        return NOT_SHOWN.matcher(called).matches() ? null : super.visitMethodInvocation(node, null);
      }

      @Override
      public Void visitLiteral(LiteralTree node, Void unused) {
        if (node.getValue() instanceof String) {
          take(getCurrentPath());
        }
        return null;
      }

      @Override
      public Void visitBinary(BinaryTree node, Void unused) {
        if (!isText(node)) {
          return super.visitBinary(node, null);
        }
        take(getCurrentPath());
        values(node);
        return null;
      }

      /** Sentences in the values of a sentence are some more. */
      private void values(ExpressionTree node) {
        if (node instanceof ParenthesizedTree inner) {
          values(inner.getExpression());
        } else if (node instanceof BinaryTree binary && binary.getKind() == Tree.Kind.PLUS) {
          values(binary.getLeftOperand());
          values(binary.getRightOperand());
        } else if (!(node instanceof LiteralTree
            || node instanceof ConditionalExpressionTree
            || (node instanceof MethodInvocationTree call && isFormatted(call)))) {
          scan(node, null);
        }
      }
    }.scan(unit, null);
  }

  /** Whether something is put together of which a part is a text. */
  private boolean isText(ExpressionTree node) {
    if (node instanceof ParenthesizedTree inner) {
      return isText(inner.getExpression());
    }
    return node instanceof BinaryTree binary
        ? binary.getKind() == Tree.Kind.PLUS
            && (isText(binary.getLeftOperand()) || isText(binary.getRightOperand()))
        : (node instanceof LiteralTree literal && literal.getValue() instanceof String)
            || (node instanceof ConditionalExpressionTree either
                && isText(either.getTrueExpression()))
            || (node instanceof MethodInvocationTree call && isFormatted(call))
            || constant(node) != null;
  }

  /** What a constant of ours is made of; null for anything else. */
  private ExpressionTree constant(ExpressionTree node) {
    if (node instanceof IdentifierTree name) {
      String own = unit.getSourceFile().getName().replaceFirst(".*/", "").replace(".java", ".");
      return constants.get(own + name.getName());
    }
    return node instanceof MemberSelectTree ? constants.get(node.toString()) : null;
  }

  private static boolean isFormatted(MethodInvocationTree call) {
    return call.getMethodSelect() instanceof MemberSelectTree select
        && select.getIdentifier().contentEquals("formatted");
  }

  private void take(TreePath path) {
    String where =
        unit.getSourceFile().getName().replaceFirst(".*/", "")
            + ":"
            + unit.getLineMap()
                .getLineNumber(trees.getSourcePositions().getStartPosition(unit, path.getLeaf()));
    for (String text : expanded((ExpressionTree) path.getLeaf())) {
      for (String sentence : text.split("; ")) {
        if (WORDS.matcher(sentence).find()) {
          found.accept(new Sentence(where, sentence.strip()));
        }
      }
    }
  }

  /** Every text that an expression can be. */
  private List<String> expanded(ExpressionTree node) {
    if (node instanceof ParenthesizedTree inner) {
      return expanded(inner.getExpression());
    }
    if (node instanceof LiteralTree literal) {
      return List.of(String.valueOf(literal.getValue()));
    }
    if (node instanceof BinaryTree binary && binary.getKind() == Tree.Kind.PLUS) {
      List<String> ends = expanded(binary.getRightOperand());
      return expanded(binary.getLeftOperand()).stream()
          .flatMap(begin -> ends.stream().map(begin::concat))
          .toList();
    }
    if (node instanceof ConditionalExpressionTree either) {
      return Stream.of(either.getTrueExpression(), either.getFalseExpression())
          .flatMap(one -> expanded(one).stream())
          .toList();
    }
    if (node instanceof MethodInvocationTree call && isFormatted(call)) {
      return expanded(((MemberSelectTree) call.getMethodSelect()).getExpression()).stream()
          .map(text -> text.replaceAll("%[sd]", VALUE))
          .toList();
    }
    ExpressionTree constant = constant(node);
    return constant == null ? List.of(VALUE) : expanded(constant);
  }
}
