package io.dinrail.itests;

/** What a command said and how it ended. */
public record Answer(int status, String out, String err) {
    /** @return the output of a command that must have worked. */
    public String success() {
        if (status != 0) {
            throw new AssertionError("status " + status + ": " + err + out);
        }
        return out;
    }
}
