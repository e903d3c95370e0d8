package io.usr1.weaver.code;

import static org.objectweb.asm.Opcodes.AALOAD;

import java.util.Set;

import io.usr1.target.LockPlace;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Whether a value in a method is the object that a target's lock is. */
final class LockPlaces {

    /** Methods by which a map is asked for what it holds. */
    private static final Set<String> LOOKUPS = Set.of("get", "getOrDefault", "computeIfAbsent", "computeIfPresent", "compute");
    private static final String OBJECT = "java/lang/Object";

    private final MethodCode code;
    private final Classes classes;
    private final LockPlace place;

    /** The answers: certainly, certainly not as far as the target's names go, and it may be. */
    enum Match {
        YES, NO, UNSURE
    }

    LockPlaces(MethodCode code, Classes classes, LockPlace place) {
        this.code = code;
        this.classes = classes;
        this.place = place;
    }

    /**
     * @param at    number of the instruction that the value is looked at by
     * @param known internal name of a class that the instruction itself says the value is of, null if it says none
     */
    Match match(Sym value, int at, String known) {
        if (value instanceof Sym.Opaque && known == null) {
            return Match.UNSURE;
        }
        if (place instanceof LockPlace.ObjectOf wanted) {
            return object(value, at, known, Names.internal(wanted.owner()));
        }
        if (value instanceof Sym.Opaque) {
            return Match.UNSURE;
        }
        if (place instanceof LockPlace.Field wanted) {
            return of(Names.is(wanted.field(), value));
        }
        AbstractInsnNode maker = value instanceof Sym.Result result ? result.at() : null;
        if (place instanceof LockPlace.ElementOf wanted) {
            return maker == null || maker.getOpcode() != AALOAD ? Match.NO
                    : found(code.stack(code.index(maker), 1), Names.is(wanted.field(), code.stack(code.index(maker), 1)));
        }
        if (place instanceof LockPlace.ValueOf wanted) {
            if (!(maker instanceof MethodInsnNode call) || call.getOpcode() == Opcodes.INVOKESTATIC || !LOOKUPS.contains(call.name)) {
                return Match.NO;
            }
            Sym map = code.stack(code.index(call), Type.getArgumentTypes(call.desc).length);
            return found(map, Names.is(wanted.field(), map));
        }
        return classObject(value, maker);
    }

    private Match classObject(Sym value, AbstractInsnNode maker) {
        if (maker instanceof LdcInsnNode constant) {
            return of(constant.cst instanceof Type type && type.getInternalName().equals(Names.internal(place.owner())));
        }
        // getClass(), or the field in which compilers before Java 5 kept a class object.
        String type = type(value);
        return type == null || type.equals("java/lang/Class") || type.equals(OBJECT) ? Match.UNSURE : Match.NO;
    }

    private Match object(Sym value, int at, String known, String wanted) {
        String declared = type(value);
        if (isKindOf(known, wanted) || isKindOf(declared, wanted) || castOnEveryWay(value, wanted, at)) {
            return Match.YES;
        }
        if (declared == null || value instanceof Sym.Opaque) {
            return Match.UNSURE;
        }
        ClassNode type = classes.find(declared).orElse(null);
        boolean wider = type == null || (type.access & Opcodes.ACC_INTERFACE) != 0 || isKindOf(wanted, declared);
        return wider && !(value instanceof Sym.Made) ? Match.UNSURE : Match.NO;
    }

    private boolean isKindOf(String type, String wanted) {
        return type != null && (type.equals(wanted) || wanted.equals(OBJECT)
                || classes.find(type).filter(found -> classes.supertypes(found).contains(wanted)).isPresent());
    }

    /** Whether the value was cast to the class wherever it came from: then it is of that class, or the cast had thrown. */
    private boolean castOnEveryWay(Sym value, String wanted, int at) {
        if (!(value instanceof Sym.Result result)) {
            return false;
        }
        return code.everyWay(code.index(result.at()), at, index -> code.at(index).getOpcode() == Opcodes.CHECKCAST
                && isKindOf(((TypeInsnNode) code.at(index)).desc, wanted) && Sym.same(code.stack(index, 0), value));
    }

    /** Internal name of the class that the code declares the value to be of, null if it says none. */
    private String type(Sym value) {
        if (value instanceof Sym.Made made) {
            return made.type();
        }
        Type type = null;
        if (value instanceof Sym.Argument argument) {
            type = argument.index() < 0 ? Type.getObjectType(code.owner().name) : Type.getArgumentTypes(code.method().desc)[argument.index()];
        } else if (value instanceof Sym.FieldOf field) {
            type = classes.field(field.holder(), field.name()).map(found -> Type.getType(found.node().desc)).orElse(null);
        } else if (value instanceof Sym.Result result && result.at() instanceof MethodInsnNode call) {
            type = Type.getReturnType(call.desc);
        }
        return type == null || type.getSort() != Type.OBJECT ? null : type.getInternalName();
    }

    private static Match found(Sym container, boolean is) {
        return is ? Match.YES : container instanceof Sym.Opaque ? Match.UNSURE : Match.NO;
    }

    private static Match of(boolean is) {
        return is ? Match.YES : Match.NO;
    }
}
