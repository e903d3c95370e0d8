package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import io.usr1.weaver.code.Classes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * Whether an object that is being made can become known outside of itself and of the objects that it makes: what may hold
 * it is followed through variables, fields and the calls that are certain to run one method. Whatever is not followed lets it out.
 */
final class Escape {

    private static final int DEPTH = 4;
    /** What no instruction of the method made, and not the object either. */
    private static final AbstractInsnNode ELSEWHERE = new InsnNode(NOP);

    private final Proof proof;
    /** Names of the fields into which what may hold the object was put, of whichever class. */
    private final Set<String> fields = new HashSet<>();

    Escape(Proof proof) {
        this.proof = proof;
    }

    /** Where the object gets out; no instruction if the code cannot be followed. */
    record Out(AbstractInsnNode at, String what) {
    }

    /** None if a constructor keeps the object that it makes. */
    List<Out> ofThis(Classes.Method constructor) {
        return of(constructor, Set.of(-1), DEPTH);
    }

    /** @param arguments those that may hold the object; -1 is {@code this} */
    private List<Out> of(Classes.Method method, Set<Integer> arguments, int depth) {
        proof.rely(method.owner());
        Following following = new Following(arguments, depth);
        try {
            int known;
            do {
                known = following.holders.size() + fields.size();
                following.outs.clear();
                following.local = 0;
                new Analyzer<>(following).analyze(method.owner().name, method.node());
            } while (following.holders.size() + fields.size() > known);
        } catch (AnalyzerException unreadable) {
            return List.of(new Out(null, "code that cannot be followed"));
        }
        return following.outs;
    }

    /** A value may hold the object if one of the instructions that may have made it is a holder. */
    private final class Following extends SourceInterpreter {

        private final Set<Integer> arguments;
        private final int depth;
        private final Set<AbstractInsnNode> holders = Collections.newSetFromMap(new IdentityHashMap<>());
        private final AbstractInsnNode object = new InsnNode(NOP);
        private final List<Out> outs = new ArrayList<>();
        private int local;

        Following(Set<Integer> arguments, int depth) {
            super(ASM9);
            this.arguments = arguments;
            this.depth = depth;
            holders.add(object);
        }

        @Override public SourceValue newParameterValue(boolean isInstance, int slot, Type type) {
            int index = local++ - (isInstance ? 1 : 0);
            return arguments.contains(index) ? new SourceValue(1, object) : newValue(type);
        }

        @Override public SourceValue newValue(Type type) {
            if (type == Type.VOID_TYPE) {
                return null;
            }
            return type == null ? new SourceValue(1) : new SourceValue(type.getSize(), Collections.singleton(ELSEWHERE));
        }

        @Override public SourceValue copyOperation(AbstractInsnNode insn, SourceValue value) {
            return value;
        }

        @Override public SourceValue unaryOperation(AbstractInsnNode insn, SourceValue value) {
            int opcode = insn.getOpcode();
            if (opcode == CHECKCAST) {
                return value;
            }
            // What a callee returns its caller takes for a holder anyway.
            lets(insn, (opcode == PUTSTATIC || opcode == ATHROW) && holds(value), "it is stored in a static field, or thrown");
            if (opcode == GETFIELD && holds(value) && fields.contains(((FieldInsnNode) insn).name)) {
                holders.add(insn);
            }
            return super.unaryOperation(insn, value);
        }

        @Override public SourceValue binaryOperation(AbstractInsnNode insn, SourceValue left, SourceValue right) {
            if (insn.getOpcode() == PUTFIELD && holds(right)) {
                fields.add(((FieldInsnNode) insn).name);
                stored(insn, left);
            } else if (insn.getOpcode() == AALOAD && holds(left)) {
                holders.add(insn);
            }
            return super.binaryOperation(insn, left, right);
        }

        @Override public SourceValue ternaryOperation(AbstractInsnNode insn, SourceValue first, SourceValue second, SourceValue third) {
            if (insn.getOpcode() == AASTORE && holds(third)) {
                stored(insn, first);
            }
            return super.ternaryOperation(insn, first, second, third);
        }

        @Override public SourceValue naryOperation(AbstractInsnNode insn, List<? extends SourceValue> values) {
            if (values.stream().anyMatch(this::holds)) {
                if (insn instanceof MethodInsnNode call) {
                    called(call, values);
                } else {
                    lets(insn, true, "a lambda captures it");
                }
                holders.add(insn);
            }
            return super.naryOperation(insn, values);
        }

        /** In what is made here it stays inside; what came from elsewhere is known there. */
        private void stored(AbstractInsnNode insn, SourceValue into) {
            for (AbstractInsnNode made : into.insns) {
                boolean fresh = made.getOpcode() == NEW || made.getOpcode() == ANEWARRAY;
                lets(insn, !fresh && !holders.contains(made), "it is stored in another object");
                if (fresh) {
                    holders.add(made);
                }
            }
        }

        private void called(MethodInsnNode call, List<? extends SourceValue> values) {
            boolean harmless = call.owner.equals("java/lang/Object") && (call.name.equals("<init>") || call.name.equals("getClass"))
                    || call.owner.equals("java/util/Objects") && call.name.equals("requireNonNull");
            if (harmless) {
                return;
            }
            Optional<Classes.Method> callee = call.owner.startsWith("java/") || depth == 0 ? Optional.empty() : proof.classes().bound(call);
            Set<Integer> holding = new HashSet<>();
            int first = call.getOpcode() == INVOKESTATIC ? 0 : -1;
            for (int i = 0; i < values.size(); i++) {
                if (holds(values.get(i))) {
                    holding.add(i + first);
                }
            }
            if (call.name.equals("<init>")) {
                // The new object holds it from here on, and inside its constructor too.
                holding.add(-1);
                values.get(0).insns.forEach(holders::add);
            }
            List<Out> inside = callee.isEmpty() ? List.of(new Out(call, "it is handed to " + call.owner.replace('/', '.') + "." + call.name))
                    : of(callee.get(), holding, depth - 1);
            inside.stream().limit(1).forEach(found -> lets(call, true, found.what()));
        }

        private boolean holds(SourceValue value) {
            return value.insns.stream().anyMatch(holders::contains);
        }

        private void lets(AbstractInsnNode insn, boolean does, String what) {
            if (does && outs.stream().noneMatch(out -> out.at() == insn)) {
                outs.add(new Out(insn, what));
            }
        }
    }
}
