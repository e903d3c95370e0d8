package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

import io.usr1.target.MethodRef;
import io.usr1.target.RegionSpec;
import io.usr1.target.WhenClear;
import io.usr1.target.WhenClear.Known;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.weave.ClassWeave;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Finds in a region what the target's {@code when-clear} and {@code omit} lines speak of. Each line must be found, and a
 * value is put in only where it is asked of the connection whose flag was read: the flag says nothing of others.
 */
final class RegionReads {

    private final Proof proof;
    private final RegionSpec spec;
    private final Classes.Method method;
    private final PathRule path;
    private final Map<Integer, Integer> constants = new TreeMap<>();
    private final Set<Integer> notNull = new TreeSet<>();
    private final Set<Integer> omitted = new TreeSet<>();
    private final List<ClassWeave.Audited> audited = new ArrayList<>();
    private boolean behind;

    RegionReads(Proof proof, RegionSpec spec, Classes.Method method, PathRule path) {
        this.proof = proof;
        this.spec = spec;
        this.method = method;
        this.path = path;
    }

    Map<Integer, Integer> constants() {
        return constants;
    }

    Set<Integer> notNull() {
        return notNull;
    }

    Set<Integer> omitted() {
        return omitted;
    }

    List<ClassWeave.Audited> audited() {
        return audited;
    }

    /** Whether the connection is found behind the layer's own object, which the carrier knows. */
    boolean behind() {
        return behind;
    }

    void find(MethodCode code, IntPredicate inRegion) {
        Set<Object> unfound = new HashSet<>(spec.whenClear());
        unfound.addAll(spec.omitted());
        OmittedRule omit = new OmittedRule(proof, method);
        for (int i = 0; i < code.size(); i++) {
            if (inRegion.test(i)) {
                for (WhenClear line : spec.whenClear()) {
                    if (speaksOf(line, code.at(i))) {
                        unfound.remove(line);
                        put(code, i, line);
                    }
                }
                for (MethodRef line : spec.omitted()) {
                    if (code.at(i) instanceof MethodInsnNode call && calls(line, call)) {
                        unfound.remove(line);
                        omitted.add(i);
                        omit.check(call);
                    }
                }
            }
        }
        omit.checkReads(code);
        for (Object line : unfound) {
            proof.refuse(method, 0, "nothing in the region that '" + line + "' speaks of", "at least one read or call", "correct or remove the line");
        }
    }

    private void put(MethodCode code, int index, WhenClear line) {
        AbstractInsnNode insn = code.at(index);
        boolean subject = line.known() == Known.NOT_NULL ? path.isCarrier(code.stack(index, 0)) : path.isSubject(code.stack(index, 0));
        if (!subject) {
            proof.refuse(method, MethodCode.line(insn), "'" + line + "' asked of " + Names.of(code.stack(index, 0)),
                    "it asked of the carrier '" + spec.carrier() + "' or of its connection", "leave this region locked");
            return;
        }
        behind |= path.isBehind(code.stack(index, 0));
        Type type = insn instanceof FieldInsnNode read ? Type.getType(read.desc) : Type.getReturnType(((MethodInsnNode) insn).desc);
        boolean reference = line.known() == Known.NULL || line.known() == Known.NOT_NULL;
        boolean fits = reference ? type.getSort() >= Type.ARRAY : line.known() == Known.ZERO ? type == Type.INT_TYPE : type == Type.BOOLEAN_TYPE;
        if (!fits || line instanceof WhenClear.Call && (line.known() == Known.NOT_NULL || proof.classes().bound((MethodInsnNode) insn).isEmpty())) {
            proof.refuse(method, MethodCode.line(insn), "'" + line + "' where a " + type.getClassName() + " is read",
                    "a fitting type, and a method that cannot be overridden", "correct the line");
            return;
        }
        if (line.known() == Known.NOT_NULL) {
            notNull.add(index);
        } else {
            constants.put(index, reference ? null : line.known() == Known.TRUE ? 1 : 0);
        }
        int assumed = reference ? line.known() == Known.NULL ? 1 : 0 : constants.get(index);
        audited.add(new ClassWeave.Audited(index, reference, assumed, what(line)));
    }

    private boolean speaksOf(WhenClear line, AbstractInsnNode insn) {
        if (line instanceof WhenClear.FieldRead wanted) {
            return insn instanceof FieldInsnNode read && read.getOpcode() == GETFIELD && read.name.equals(wanted.field().name())
                    && proof.classes().field(read.owner, read.name).filter(field -> field.owner().name.equals(Names.internal(wanted.field().owner()))).isPresent();
        }
        return insn instanceof MethodInsnNode call && call.getOpcode() != INVOKESTATIC && call.desc.startsWith("()") && calls(((WhenClear.Call) line).method(), call);
    }

    private boolean calls(MethodRef wanted, MethodInsnNode call) {
        return Names.matches(wanted, call.name, call.desc) && proof.classes().method(call.owner, call.name, call.desc)
                .filter(callee -> callee.owner().name.equals(Names.internal(wanted.owner()))).isPresent();
    }

    private static String what(WhenClear line) {
        return line instanceof WhenClear.FieldRead read ? read.field().toString() : ((WhenClear.Call) line).method().toString();
    }
}
