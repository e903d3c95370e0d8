/**
 * What JMC's MBean browser, jconsole and metric exporters see and switch. The interfaces are public because JMX wants
 * them so. Lives in the agent's own loader and refers to {@code javax.management} from one class only.
 */
package io.usr1.agent.control;
