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
    private static final Pattern PATH = Pattern.compile("(this|arg(\\d{1,3}))((?:\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*)");
    private static final Pattern TYPE = Pattern.compile("(" + CLASS + ")((?:\\[\\])*)");

    private final String packageName;

    /** @param packageName where class names without a dot are; empty if the file gives none */
    Names(String packageName) {
        this.packageName = packageName;
    }

    String type(Section section, String key) throws TargetException {
        String text = section.text(key);
        if (!text.matches(CLASS)) {
            throw section.wrong(key, "'" + text + "' is no class name; expected one like org.example.Pool or Pool$Entry");
        }
        return qualified(text);
    }

    FieldRef field(Section section, String key) throws TargetException {
        String text = section.text(key);
        Matcher field = FIELD.matcher(text);
        if (!field.matches()) {
            throw section.wrong(key, "'" + text + "' is no field; expected Class.field");
        }
        return new FieldRef(qualified(field.group(1)), field.group(2));
    }

    MethodRef method(Section section, String key) throws TargetException {
        return method(section, key, section.text(key));
    }

    List<MethodRef> methods(Section section, String key) throws TargetException {
        List<MethodRef> methods = new ArrayList<>();
        for (String text : section.texts(key)) {
            methods.add(method(section, key, text));
        }
        return methods;
    }

    CarrierPath path(Section section, String key) throws TargetException {
        String text = section.text(key);
        Matcher path = PATH.matcher(text);
        if (!path.matches()) {
            throw section.wrong(key, "'" + text + "' is no way to a carrier; expected this or arg0, arg1, ..., maybe followed by fields, as in arg0.tasklet");
        }
        int argument = path.group(2) == null ? CarrierPath.THIS : Integer.parseInt(path.group(2));
        String fields = path.group(3);
        return new CarrierPath(argument, fields.isEmpty() ? List.of() : List.of(fields.substring(1).split("\\.")));
    }

    private MethodRef method(Section section, String key, String text) throws TargetException {
        Matcher method = METHOD.matcher(text);
        if (!method.matches()) {
            throw section.wrong(key, "'" + text + "' is no method; expected Class#name or Class#name(int, java.lang.Object)");
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
