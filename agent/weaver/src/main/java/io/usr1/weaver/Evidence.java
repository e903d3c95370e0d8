package io.usr1.weaver;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import io.usr1.target.FieldRef;
import io.usr1.target.WhenClear;

import org.objectweb.asm.tree.AbstractInsnNode;

/**
 * What the proof found out about the target's {@code when-clear} lines.
 *
 * @param listed  fields that are false, 0 or null while the connection is not listed
 * @param layered the same fields again, for each further layer of a connection
 * @param members collections of the JDK
 * @param links   fields that link carriers into a list of the pool's own
 */
record Evidence(List<GuardedField> listed, List<GuardedField> layered, List<Members> members, List<Link> links) {

    Evidence() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /**
     * A collection and all that is done to it.
     *
     * @param in      a clear flag means "in it", not "not in it"
     * @param effects by calling instruction
     */
    record Members(WhenClear.Asked line, boolean in, Map<AbstractInsnNode, CollectionCalls.Effect> effects) {

        Members(WhenClear.Asked line, boolean in) {
            this(line, in, new IdentityHashMap<>());
        }
    }

    /** A field of which no object holds a carrier whose flag is clear. */
    record Link(FieldRef field, GuardedField guarded) {
    }

    /** The fields whose writes the result rests on. */
    List<GuardedField> guarded() {
        List<GuardedField> guarded = new ArrayList<>(listed);
        guarded.addAll(layered);
        links.forEach(link -> guarded.add(link.guarded()));
        return guarded;
    }
}
