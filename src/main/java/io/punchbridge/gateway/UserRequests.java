package io.punchbridge.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.UserId;

/**
 * Writes what is said to a device about one user, for the request itself and for its preview alike. Templates are left
 * out, so that credentials stay as they are; {@code UserType} never is, since the gateway takes a missing one for "User"
 * and demotes an administrator.
 */
public final class UserRequests {
    public static final String ADD = "Add.User";
    public static final String DELETE = "Delete.User";

    private UserRequests() {}

    /**
     * Body of {@link #ADD}.
     *
     * @throws IllegalArgumentException if the privilege isn't known
     */
    static ObjectNode put(DeviceUser user) {
        Boolean admin = user.admin();
        if (admin == null) {
            throw new IllegalArgumentException("a user whose privilege isn't known is never sent: it could be lost");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("Add")
                .putObject("User")
                .put("UserID", user.id().value())
                .put("FirstName", user.firstName())
                .put("LastName", user.lastName())
                .put("UserType", admin ? "Admin" : "User");
        return body;
    }

    /**
     * Body of {@link #DELETE}. Always an object with one id: the text {@code "All"} in its place would empty the device.
     *
     * @throws IllegalArgumentException if the id could be taken for everybody
     */
    static ObjectNode delete(UserId user) {
        if (!canBeDeleted(user)) {
            throw new IllegalArgumentException("a user id that the gateway could take for everybody is never deleted");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("Delete").putObject("User").put("UserID", user.value());
        return body;
    }

    /** Whether a deletion of this user can be sent at all: not where the id is the gateway's word for all users. */
    public static boolean canBeDeleted(UserId user) {
        return !GatewayRequest.readsAsAll(user);
    }

    public static RequestPreview previewOfPut(Device device, DeviceUser user) {
        return new RequestPreview(device.name(), ADD, put(user).toString());
    }

    public static RequestPreview previewOfDelete(Device device, UserId user) {
        return new RequestPreview(device.name(), DELETE, delete(user).toString());
    }
}
