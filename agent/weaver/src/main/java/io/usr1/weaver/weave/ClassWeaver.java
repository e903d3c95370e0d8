package io.usr1.weaver.weave;

import java.util.List;
import java.util.Map;

import io.usr1.weaver.code.Classes;
import io.usr1.weaver.weave.ClassWeave.Host;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.pool.TypePool;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * Weaves one class. Byte Buddy decorates the class file, which leaves everything that is not touched as it was; a type
 * that it would rebuild costs three times as much of the application's start. Same input, same output.
 */
public final class ClassWeaver {

    private static final ByteBuddy BYTE_BUDDY = new Decorator();

    private final Classes classes;
    private final ClassWeave weave;
    private final int gateNumber;
    private final boolean loaded;

    private ClassWeaver(Classes classes, ClassWeave weave, int gateNumber, boolean loaded) {
        this.classes = classes;
        this.weave = weave;
        this.gateNumber = gateNumber;
        this.loaded = loaded;
    }

    /** @param bytes those that the decisions were made on */
    public static byte[] weave(Classes classes, ClassWeave weave, String binaryName, byte[] bytes, int gateNumber) {
        return new ClassWeaver(classes, weave, gateNumber, false).weave(binaryName, bytes);
    }

    /**
     * For a class that is loaded, and so cannot get a field or a method.
     *
     * @param weave with nothing but timings inside bodies
     */
    public static byte[] weaveLoaded(Classes classes, ClassWeave weave, String binaryName, byte[] bytes, int gateNumber) {
        return new ClassWeaver(classes, weave, gateNumber, true).weave(binaryName, bytes);
    }

    private byte[] weave(String binaryName, byte[] bytes) {
        ClassFileLocator locator = ClassFileLocator.Simple.of(binaryName, bytes);
        return BYTE_BUDDY.decorate(new Undescribed(binaryName), locator).visit(new Wrapper()).make().getBytes();
    }

    private void weave(ClassNode host) throws AnalyzerException {
        for (MethodNode method : List.copyOf(host.methods)) {
            Host here = new Host(method.name, method.desc);
            for (ClassWeave.Region region : weave.regions()) {
                if (region.host().equals(here)) {
                    new RegionWriter(classes, host, region).weave(method);
                }
            }
            List<ClassWeave.Timing> timings = weave.timings().stream().filter(timing -> timing.host().equals(here)).toList();
            Map<Integer, AbstractInsnNode> numbered = TimedBody.number(method);
            if (!timings.isEmpty()) {
                TimedBody.weave(host.name, method, numbered, timings);
            }
            List<AnswerWriter> answers = weave.answers().stream().filter(answer -> answer.host().equals(here)).map(answer -> new AnswerWriter(host, answer)).toList();
            weave.marks().stream().filter(mark -> mark.host().equals(here)).forEach(mark -> MarkWriter.weave(host, method, numbered, mark));
            weave.skips().stream().filter(skip -> skip.host().equals(here)).forEach(skip -> SkipWriter.weave(host, method, numbered, skip));
            weave.checks().stream().filter(check -> check.host().equals(here)).forEach(check -> CheckWriter.weave(host, method, check));
            answers.forEach(answer -> answer.audit(method, numbered));
            // Last, so that marks in a synchronized method stay inside the lock; but an answer is given before all else.
            timings.stream().filter(timing -> timing.form() == ClassWeave.Form.METHOD).findFirst()
                    .ifPresent(timing -> SynchronizedBody.split(host, method, timing.site()));
            answers.forEach(answer -> answer.weave(method));
        }
        weave.guards().forEach(guard -> GuardWriter.weave(host, guard));
        if (weave.carrier() != null) {
            CarrierWriter.weave(host, weave.carrier());
        }
        if (loaded) {
            AskedSites.weave(host, gateNumber);
        } else {
            InitializerWriter.weave(host, weave, gateNumber);
        }
    }

    /** Byte Buddy's hook: the class as a tree, changed at its end. */
    private final class Wrapper implements AsmVisitorWrapper {

        @Override public int mergeWriter(int flags) {
            return flags | ClassWriter.COMPUTE_MAXS;
        }

        @Override public int mergeReader(int flags) {
            return flags | ClassReader.EXPAND_FRAMES;
        }

        @Override public ClassVisitor wrap(TypeDescription type, ClassVisitor next, Implementation.Context context, TypePool pool,
                FieldList<FieldDescription.InDefinedShape> fields, MethodList<?> methods, int writerFlags, int readerFlags) {
            return new ClassNode(Opcodes.ASM9) {
                @Override public void visitEnd() {
                    try {
                        weave(this);
                    } catch (AnalyzerException unreadable) {
                        throw new IllegalStateException(unreadable);
                    }
                    accept(next);
                }
            };
        }
    }
}
