package io.usr1.weaver;

import java.util.List;

import io.usr1.target.FieldRef;
import io.usr1.weaver.code.MethodCode;
import io.usr1.weaver.code.Names;
import io.usr1.weaver.code.Origins;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/** Whether what a call is made on is, wherever it comes from, one of the collections that a map in some field holds. */
final class Lists {

    private Lists() {
    }

    /** Each is what the map was asked for, or a new one that the same method puts into it. */
    static boolean of(MethodCode code, FieldRef map, int index) {
        MethodInsnNode call = (MethodInsnNode) code.at(index);
        try {
            Origins origins = Origins.of(code.owner(), code.method());
            List<AbstractInsnNode> made = origins.made(call, Type.getArgumentTypes(call.desc).length);
            return !made.isEmpty() && made.stream().allMatch(one -> one instanceof MethodInsnNode from
                    && (from.name.equals("get") && asks(code, map, from)
                            || CollectionCalls.wraps(from) && origins.uses(from).stream().anyMatch(use -> puts(code, map, use))));
        } catch (AnalyzerException unreadable) {
            return false;
        }
    }

    private static boolean puts(MethodCode code, FieldRef map, Origins.Use use) {
        return use.operand() == 2 && use.at() instanceof MethodInsnNode put && put.name.equals("put") && asks(code, map, put);
    }

    private static boolean asks(MethodCode code, FieldRef map, MethodInsnNode call) {
        return CollectionCalls.isMap(call.owner) && Names.is(map, code.stack(code.index(call), Type.getArgumentTypes(call.desc).length));
    }
}
