package io.usr1.jmc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmc.common.IState;
import org.openjdk.jmc.common.item.Aggregators;
import org.openjdk.jmc.common.item.IAttribute;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.item.IItemFilter;
import org.openjdk.jmc.common.item.IItemIterable;
import org.openjdk.jmc.common.item.PersistableItemFilter;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.LinearKindOfQuantity;

/**
 * Does what a page does when Mission Control opens it, and says what does not resolve. There is no schema for a page's
 * state, and a wrong column or chart is left out in silence.
 */
final class PagesCheck {

    private static final Set<String> OF_HISTOGRAM = Set.of("itemhistogram.key", "itemhistogram.count");

    private final IItemCollection items;
    private final List<String> complaints = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private int pages;

    PagesCheck(IItemCollection items) {
        this.items = items;
    }

    /** All pages below; one sentence for each thing that does not resolve. */
    List<String> check(IState root) {
        for (IState page : root.getChildren("page")) {
            page(page);
            check(page);
        }
        return complaints;
    }

    int pages() {
        return pages;
    }

    private void page(IState page) {
        pages++;
        String id = page.getAttribute("id");
        expect(ids.add(id), id, "has an id that another page has");
        expect("org.openjdk.jmc.flightrecorder.ui.itemhandler".equals(page.getAttribute("factory")), id, "has an unknown factory");
        IState state = page.getChild("state");
        expect(state.getAttribute("name") != null && state.getAttribute("description") != null, id, "has no name or no description");
        IItemFilter filter = PersistableItemFilter.readFrom(state.getChild("pageFilter"));
        IItemCollection shown = items.apply(filter);
        expect(shown.hasItems(), id, "shows no event of this recording");
        Map<String, IAttribute<?>> columns = new HashMap<>();
        Set<String> types = new HashSet<>();
        int arrays = 0;
        for (IItemIterable array : shown) {
            arrays++;
            types.add(array.getType().getIdentifier());
            MissionControl.attributes(array.getType()).forEach(each -> columns.put(each.getIdentifier() + ":" + each.getContentType().getIdentifier(), each));
        }
        IState list = state.getChild("listAndChart");
        for (IState column : list.getChild("listSettings").getChildren("column")) {
            expect(columns.containsKey(column.getAttribute("id")), id, "has no column " + column.getAttribute("id"));
        }
        expect(columns.containsKey(list.getChild("listSettings").getAttribute("sortColumn")), id, "sorts by a column that is not there");
        IState chart = list.getChild("chartSettings");
        String colour = chart.getAttribute("colorBy");
        expect(colour == null || columns.containsKey(colour), id, "colours by " + colour + ", which is not there");
        for (String bar : split(chart.getAttribute("barChartAttributes"))) {
            IAttribute<IQuantity> attribute = chartable(id, bar.split(";")[0], columns);
            expect(attribute != null && Aggregators.getQuantityAggregator(bar.split(";")[1], attribute) != null, id, "cannot draw " + bar);
        }
        String[] lines = split(chart.getAttribute("lineChartAttributes"));
        for (String line : lines) {
            chartable(id, line, columns);
        }
        expect(lines.length == 0 || types.size() == 1 && arrays == 1, id, "draws a line through " + types + " of " + arrays + " threads");
        IState histogram = state.getChild("histogram");
        if (histogram != null) {
            String group = histogram.getAttribute("groupBy");
            expect(columns.keySet().stream().anyMatch(each -> each.startsWith(group + ":")), id, "groups by " + group + ", which is not there");
            for (IState column : histogram.getChild("table").getChildren("column")) {
                String name = column.getAttribute("id");
                expect(OF_HISTOGRAM.contains(name) || chartable(id, name.replaceFirst("^(SUM|AVG|MIN|MAX|STDDEVP|COUNT)", ""), columns) != null,
                        id, "has no aggregate " + name);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private IAttribute<IQuantity> chartable(String page, String name, Map<String, IAttribute<?>> columns) {
        IAttribute<?> attribute = columns.get(name);
        boolean linear = attribute != null && attribute.getContentType() instanceof LinearKindOfQuantity;
        expect(linear, page, "cannot chart " + name);
        return linear ? (IAttribute<IQuantity>) attribute : null;
    }

    private void expect(boolean holds, String page, String complaint) {
        if (!holds) {
            complaints.add("page " + page + " " + complaint);
        }
    }

    private static String[] split(String list) {
        return list == null ? new String[0] : Arrays.stream(list.split(",")).toArray(String[]::new);
    }
}
