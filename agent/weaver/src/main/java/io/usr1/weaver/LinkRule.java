package io.usr1.weaver;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import java.util.Optional;

import io.usr1.target.FieldRef;
import io.usr1.weaver.code.Classes;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Sym;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;

/**
 * A field that links carriers into a list of the pool's own, {@code Node.item}, holds no carrier whose flag is clear:
 * what is written to it is null or a carrier that was marked before.
 *
 * <p>I1 and I2, bug A4: as {@link MembershipRule}, for lists that are not of the JDK.
 */
final class LinkRule {

    private final Proof proof;
    private final Covered covered;
    private final FieldRef wanted;

    LinkRule(Proof proof, Covered covered, FieldRef wanted) {
        this.proof = proof;
        this.covered = covered;
        this.wanted = wanted;
    }

    /** The evidence, or empty and a refusal. */
    Optional<Evidence.Link> check() {
        Optional<ClassNode> owner = proof.type(wanted.owner());
        Optional<Classes.Field> field = owner.flatMap(type -> proof.classes().field(type.name, wanted.name()).filter(found -> found.owner() == type));
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        boolean fits = field.filter(found -> !found.is(ACC_STATIC | ACC_PUBLIC | ACC_PROTECTED) && Type.getType(found.node().desc).getSort() == Type.OBJECT).isPresent();
        String carrier = Names.internal(proof.target().carrier().type());
        boolean identity = proof.classes().method(carrier, "equals", "(Ljava/lang/Object;)Z").filter(method -> method.owner().name.equals("java/lang/Object")).isPresent();
        if (!fits || !identity) {
            proof.refuse(wanted.toString(), 0, field.isEmpty() ? "no such field" : fits ? "a carrier with an equals of its own" : "a field that is static, that any class may write or that holds no object",
                    "a private or package-private field that links carriers which only equal themselves", field.isEmpty() ? "check the name and the library's version" : "refuse this library version");
            return Optional.empty();
        }
        proof.note("that a connection is in one " + wanted + " at most at a time is taken from the target");
        GuardedField guarded = new GuardedField(owner.get().name, wanted.name(), "null, or a connection whose flag was set before",
                "add the method that inserts here to 'set', or refuse this library version", List.of(this::isNull, this::isMarked));
        return Optional.of(new Evidence.Link(wanted, guarded));
    }

    private boolean isNull(GuardedField.Write write) {
        return write.value() instanceof Sym.Constant constant && constant.value() == null;
    }

    private boolean isMarked(GuardedField.Write write) {
        return covered.carrier(new Classes.Method(write.owner(), write.method()), write.method().instructions.indexOf(write.at()), write.value());
    }
}
