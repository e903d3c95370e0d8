package io.usr1.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what a target writes ({@code Class.field}, {@code Class#method(types)}, {@code arg0.tasklet}) into references. */
final class Names {

    private static final Set<String> PRIMITIVES =
            Set.of("void", "boolean", "byte", "char", "short", "int", "long", "float", "double");
    private static final String CLASS = "[\\p{L}_$][\\p{L}\\p{N}_$]*(?:\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*";
    private static final Pattern METHOD =
            Pattern.compile("(" + CLASS + ")#([\\p{L}\\p{N}_$]+)(?:\\(([^()]*)\\))?");
    private static final Pattern FIELD = Pattern.compile("(" + CLASS + ")\\.([\\p{L}_$][\\p{L}\\p{N}_$]*)");
    private static final Pattern ROOT = Pattern.compile("(this|returned|each|(?:arg|passed)(\\d{1,3}))");
    private static final Pattern STEP = Pattern.compile("\\.([\\p{L}_$][\\p{L}\\p{N}_$]*)|\\((" + CLASS + ")\\)|\\[arg(\\d{1,3})\\]");
    private static final Pattern TYPE = Pattern.compile("(" + CLASS + ")((?:\\[\\])*)");

    private final String packageName;

    /** @param packageName where class names without a dot are; empty if the file gives none */
    Names(String packageName) {
        this.packageName = packageName;
    }

    String type(Section section, String key) throws TargetException {
        return type(section, key, section.word(key));
    }

    private String type(Section section, String key, String text) throws TargetException {
        if (!text.matches(CLASS)) {
            throw section.wrong(key, "'" + text + "' is no class name; expected one like org.example.Pool or Pool$Entry");
        }
        return qualified(text);
    }

    FieldRef field(Section section, String key) throws TargetException {
        String text = section.word(key);
        Matcher field = FIELD.matcher(text);
        if (!field.matches()) {
            throw section.wrong(key, "'" + text + "' is no field; expected Class.field");
        }
        return new FieldRef(qualified(field.group(1)), field.group(2));
    }

    MethodRef method(Section section, String key) throws TargetException {
        return method(section, key, section.word(key));
    }

    /** One method, or {@code Class#*}. */
    MethodRef everyMethod(Section section, String key) throws TargetException {
        String text = section.word(key);
        return text.endsWith("#" + ObserveSpec.EVERY) ? new MethodRef(type(section, key, text.substring(0, text.length() - 2)), ObserveSpec.EVERY, null)
                : method(section, key, text);
    }

    /** The classes in a sequence; none if the key is absent. */
    List<String> types(Section section, String key) throws TargetException {
        List<String> types = new ArrayList<>();
        for (String text : section.texts(key)) {
            types.add(type(section, key, text));
        }
        return types;
    }

    List<MethodRef> methods(Section section, String key) throws TargetException {
        List<MethodRef> methods = new ArrayList<>();
        for (String text : section.texts(key)) {
            methods.add(method(section, key, text));
        }
        return methods;
    }

    CarrierPath path(Section section, String key) throws TargetException {
        String text = section.word(key);
        Matcher root = ROOT.matcher(text);
        if (!root.lookingAt()) {
            throw noPath(section, key, text);
        }
        List<CarrierPath.Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        int end = root.end();
        for (; end < text.length(); end = step.end()) {
            if (!step.find(end) || step.start() != end) {
                throw noPath(section, key, text);
            }
            steps.add(step(step));
        }
        int index = root.group(2) == null ? 0 : Integer.parseInt(root.group(2));
        return new CarrierPath(root(root.group(1)), index, steps);
    }

    /** {@code argN} or {@code returned}, as a condition names what it looks at. */
    Condition condition(Section section, String key, WhenClear.Known is) throws TargetException {
        Matcher root = ROOT.matcher(key);
        if (!root.matches() || root(key) != CarrierPath.Root.ARGUMENT && root(key) != CarrierPath.Root.RETURNED) {
            throw section.wrong(key, "'" + key + "' cannot be looked at; expected arg0, arg1, ... or returned");
        }
        return new Condition(root(key), root.group(2) == null ? 0 : Integer.parseInt(root.group(2)), is);
    }

    private CarrierPath.Step step(Matcher step) {
        if (step.group(1) != null) {
            return new CarrierPath.Step.Field(step.group(1));
        }
        return step.group(2) != null ? new CarrierPath.Step.Cast(qualified(step.group(2)))
                : new CarrierPath.Step.Lookup(Integer.parseInt(step.group(3)));
    }

    private static CarrierPath.Root root(String word) {
        return word.equals("this") ? CarrierPath.Root.THIS : word.equals("returned") ? CarrierPath.Root.RETURNED : word.equals("each") ? CarrierPath.Root.EACH
                : word.startsWith("arg") ? CarrierPath.Root.ARGUMENT : CarrierPath.Root.PASSED;
    }

    private static TargetException noPath(Section section, String key, String text) {
        return section.wrong(key, "'" + text + "' is no way to a carrier; expected this, arg0, arg1, ..., returned or passed0, passed1, ..., "
                + "maybe followed by fields, casts and map look-ups, as in arg0.tasklet, arg0(Holder).entry or this.links[arg0]");
    }

    private MethodRef method(Section section, String key, String text) throws TargetException {
        int arrow = text.indexOf("->");
        if (arrow >= 0) {
            MethodRef outer = method(section, key, text.substring(0, arrow).strip());
            return new MethodRef(outer.owner(), outer.name(), outer.parameters(), method(section, key, text.substring(arrow + 2).strip()));
        }
        Matcher method = METHOD.matcher(text);
        if (!method.matches()) {
            throw section.wrong(key, "'" + text + "' is no method; expected Class#name or Class#name(int, java.lang.Object), "
                    + "or for a lambda's body Class#name -> Class#call");
        }
        List<String> parameters = null;
        if (method.group(3) != null) {
            parameters = new ArrayList<>();
            for (String parameter : method.group(3).isBlank() ? new String[0] : method.group(3).split(",")) {
                Matcher type = TYPE.matcher(parameter.strip());
                if (!type.matches()) {
                    throw section.wrong(key, "'" + parameter.strip() + "' in '" + text + "' is no type; expected one like int, byte[] or java.lang.Object");
                }
                parameters.add(qualified(type.group(1)) + type.group(2));
            }
        }
        return new MethodRef(qualified(method.group(1)), method.group(2), parameters);
    }

    private String qualified(String name) {
        return name.indexOf('.') >= 0 || packageName.isEmpty() || PRIMITIVES.contains(name) ? name : packageName + "." + name;
    }
}
