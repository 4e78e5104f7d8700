package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Decision;
import io.dinrail.identity.h2.internal.rules.Facts;
import io.dinrail.identity.h2.internal.rules.Grant;
import io.dinrail.identity.h2.internal.rules.Rights;
import java.util.Map;

/** Rights of who logs in with an enrolment code: to ask for the credential and to hear the answer. */
enum EnrolmentTopics implements Grant {
    OF_ITS_OWN;

    @Override
    public Rights bind(Facts facts) {
        String place = "_system/enrolment/" + facts.name();
        return new Bound(place + "/request", place + "/answer");
    }

    private record Bound(String request, String answer) implements Rights {
        @Override
        public boolean may(Action action, String topic) {
            return topic.equals(action == Action.PUBLISH ? request : answer);
        }

        @Override
        public boolean mayReceive(String topic) {
            return topic.equals(answer);
        }

        @Override
        public Decision explain(Action action, String topic) {
            return new Decision(
                    may(action, topic), "enrolment: publish " + request + ", subscribe " + answer, Map.of());
        }
    }
}
