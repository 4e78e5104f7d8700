package io.dinrail.connector.api;

/** A setting or a cell of the tags file is refused; the host adds file, line and column. */
public final class SettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * Refuses a setting.
     *
     * @param key the key in the cfg file or the column of the tags file.
     * @param message what is wrong and what would be right, without the key.
     */
    public SettingException(String key, String message) {
        super(message);
        this.key = key;
    }

    /** @return the key or column. */
    public String key() {
        return key;
    }
}
