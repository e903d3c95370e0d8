package io.usr1.weaver.weave;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.DUP;

/** Has audit compare what was just read under the lock with what a bypass would have taken it for. */
final class AuditedRead {

    private AuditedRead() {
    }

    /** @param carrier local variable that holds the carrier */
    static Snippet of(String host, int site, ClassWeave.Audited read, int carrier) {
        Snippet check = read.reference() ? new Snippet().op(DUP) : new Snippet();
        check.push(read.assumed()).var(ALOAD, carrier).site(host, site).text(read.what());
        return read.reference()
                ? check.runtime("Audit", "expectNull", "(Ljava/lang/Object;ZLjava/lang/Object;" + Snippet.SITE + "Ljava/lang/String;)V")
                : check.runtime("Audit", "expect", "(IILjava/lang/Object;" + Snippet.SITE + "Ljava/lang/String;)I");
    }
}
